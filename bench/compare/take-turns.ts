import type { Load } from '../report.ts';
import { type Compared, comparedName, type Pair, type Sample } from './paired.ts';

/** What one run of a revision's own bench measured. */
export type Sampled = Load & Pick<Compared, 'level' | 'scenario'> & { readonly sample: Sample };

/** Runs both revisions by turns, and pairs what both of them measured; the rest is left out. */
export async function takeTurns(
  pairs: number,
  run: (revision: 'before' | 'now') => Promise<readonly Sampled[]>,
  onPair: (pair: number) => void,
): Promise<readonly Compared[]> {
  const found = new Map<string, Compared & { readonly pairs: Pair[] }>();
  for (let pair = 0; pair < pairs; pair += 1) {
    onPair(pair + 1);
    // Whoever comes first meets another machine than whoever comes second, so they take turns in that as well.
    const isNowFirst = pair % 2 === 1;
    const first = await run(isNowFirst ? 'now' : 'before');
    const second = await run(isNowFirst ? 'before' : 'now');
    const [earlier, later] = isNowFirst ? [second, first] : [first, second];
    const known = new Map(earlier.map((one) => [comparedName(one), one]));
    for (const { sample: now, ...what } of later) {
      const before = known.get(comparedName(what))?.sample;
      if (before === undefined) continue;
      const compared = found.get(comparedName(what)) ?? { ...what, pairs: [] };
      compared.pairs.push({ before, now });
      found.set(comparedName(what), compared);
    }
  }
  return [...found.values()];
}

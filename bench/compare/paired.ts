import { type Level, type Load, loadName, type Measured } from '../report.ts';

/** What one short run of one revision said about one name. */
export type Sample = Pick<Measured, 'p50Ms' | 'requestsPerSecond' | 'cpuMs'>;

/** Runs of two revisions that took turns, so that both met the same machine. */
export interface Pair {
  readonly before: Sample;
  readonly now: Sample;
}

export type Verdict = 'faster' | 'slower' | 'not told apart';

/** How many times as fast the later revision is; above 1 is better. */
export interface PairedRatio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly verdict: Verdict;
}

/** What was compared: on a level of the bench, or by the bench of administration. */
export type Compared = Load & {
  readonly level: Level | 'administration';
  readonly scenario: string;
  readonly pairs: readonly Pair[];
};

export function comparedName(compared: Load & Pick<Compared, 'level' | 'scenario'>): string {
  return `${compared.level}/${compared.scenario}/${loadName(compared)}`;
}

/** Of the times where one request is under way or requests come at a rate, of what was done where many are. */
export function speedRatio(compared: Compared): PairedRatio {
  const isThroughput = 'inFlight' in compared && compared.inFlight > 1;
  return ratioOf(
    compared.pairs.map(({ before, now }) =>
      isThroughput ? now.requestsPerSecond / before.requestsPerSecond : before.p50Ms / now.p50Ms,
    ),
  );
}

/** Of the answering process's processor time; undefined where the system does not tell. */
export function cpuRatio({ pairs }: Compared): PairedRatio | undefined {
  const ratios = pairs.flatMap(({ before, now }) =>
    before.cpuMs === undefined || now.cpuMs === undefined || now.cpuMs === 0 ? [] : [before.cpuMs / now.cpuMs],
  );
  return ratios.length === pairs.length ? ratioOf(ratios) : undefined;
}

/** Fewer pairs can never be told apart. */
export const fewestPairs = 6;
const significance = 0.05;
/** What is closer than this is called equal, however often it repeats. */
const leastDifference = 0.02;

export function ratioOf(ratios: readonly number[]): PairedRatio {
  const sorted = ratios.toSorted((left, right) => left - right);
  const middle = median(sorted);
  const isTold = chanceOf(ratios.map(Math.log)) < significance && Math.abs(middle - 1) >= leastDifference;
  const verdict = isTold ? (middle > 1 ? 'faster' : 'slower') : 'not told apart';
  return { median: middle, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN, verdict };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[half]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/**
 * Wilcoxon's signed-rank test: how likely differences as one-sided as these are where nothing differs. A single run that the machine
 * disturbed has one rank, however far off it is.
 */
export function chanceOf(differences: readonly number[]): number {
  const ranked = differences.toSorted((left, right) => Math.abs(left) - Math.abs(right));
  const total = (ranked.length * (ranked.length + 1)) / 2;
  const positive = ranked.reduce((sum, difference, index) => (difference > 0 ? sum + index + 1 : sum), 0);
  const ways = waysToSum(ranked.length);
  const least = Math.min(positive, total - positive);
  const asExtreme = ways.slice(0, least + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * asExtreme) / 2 ** ranked.length);
}

/** For each sum, how many sets of the ranks 1 to `ranks` have it. */
function waysToSum(ranks: number): readonly number[] {
  let ways = [1];
  for (let rank = 1; rank <= ranks; rank += 1) {
    const next = Array.from({ length: ways.length + rank }, (_, sum) => (ways[sum] ?? 0) + (ways[sum - rank] ?? 0));
    ways = next;
  }
  return ways;
}

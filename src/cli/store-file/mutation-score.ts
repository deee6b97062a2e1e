import { canonicalJson } from '../../base/canonical-json.ts';
import { withModel } from '../../engine/impact/with-model.ts';
import { prepareModel } from '../../engine/prepared-model.ts';
import type { Model } from '../../model/model.ts';
import { type Mutant, mutateModel } from '../../model/mutate-model.ts';
import { parseModel } from '../../model/parse-model.ts';
import { readDefinitions } from '../../model/read-definitions.ts';
import type { Postern } from '../../operations/postern.ts';
import { askWorld, prepareWorld } from './play-world.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import type { TestWorld } from './test-world.ts';

export interface MutationScore {
  /** Mutants that give more than the model, and how many of them made a test fail. */
  readonly weakening: Count;
  /** Mutants that give less. */
  readonly strengthening: Count;
  readonly survivors: readonly Mutant[];
}

interface Count {
  readonly killed: number;
  readonly total: number;
}

/** A model without a place for a mistake has a perfect score. */
export function percentOf({ killed, total }: Count): number {
  return total === 0 ? 100 : (100 * killed) / total;
}

/**
 * How good the tests of a model are: each mutant of it is asked all their questions, and is killed when one of the answers is
 * not the expected one. Survivors are mistakes that nobody would notice.
 */
export async function scoreModel(
  postern: Postern,
  scratch: ScratchDatabase,
  worlds: readonly TestWorld[],
  onProgress: (done: number, total: number) => void,
): Promise<MutationScore> {
  const [first] = worlds;
  const parsed = first && parseModel(first.model);
  const definitions = parsed?.ok ? readDefinitions(parsed.value.document, 'refused') : undefined;
  if (!parsed?.ok || !definitions?.ok) throw new Error('There is no valid model to mutate.');
  const mutants = mutateModel(definitions.value);
  const survivors = await survivorsAmong(postern, scratch, worlds, parsed.value.model, mutants, onProgress);
  const alive = new Set(survivors);
  const count = (gives: Mutant['gives']): Count => {
    const total = mutants.filter((mutant) => mutant.gives === gives);
    return { total: total.length, killed: total.filter((mutant) => !alive.has(mutant)).length };
  };
  return { weakening: count('more'), strengthening: count('less'), survivors };
}

/** Which of these variants of a model the tests do not tell from it. */
export async function survivorsAmong<Variant extends Pick<Mutant, 'model'>>(
  postern: Postern,
  scratch: ScratchDatabase,
  worlds: readonly TestWorld[],
  model: Model,
  mutants: readonly Variant[],
  onProgress: (done: number, total: number) => void,
): Promise<readonly Variant[]> {
  const alive = new Set(mutants);
  const groups = [...Map.groupBy(worlds, ({ relationships }) => canonicalJson(relationships)).values()];
  for (const group of groups) {
    const [world] = group;
    if (world === undefined) continue;
    await scratch.empty();
    const problem = await prepareWorld(postern, world);
    if (problem !== undefined) throw new Error(problem);
    if (await isKilled(postern, model, group)) throw new Error(failsAlready);
    for (const [index, mutant] of mutants.entries()) {
      if (alive.has(mutant) && (await isKilled(postern, mutant.model, group))) alive.delete(mutant);
      onProgress(index + 1, mutants.length);
    }
  }
  return [...alive];
}

// Such a test would notice every mistake, and the score would be perfect.
const failsAlready =
  'A test fails without any mistake in the model. Next: mend what "postern test" shows without --mutation-score.';

/** Whether an answer by this model is not the expected one. */
async function isKilled({ store }: Postern, model: Model, worlds: readonly TestWorld[]): Promise<boolean> {
  const reader = withModel(store.reader, prepareModel(model));
  for (const world of worlds) {
    const results = await askWorld(reader, model, world);
    if (results.some(({ passed }) => !passed)) return true;
  }
  return false;
}

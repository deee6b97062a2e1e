import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Check, check, prepareModel } from '../../src/engine/check.ts';
import { type Level, type ReferenceWorld, referenceCheck } from '../reference/reference-check.ts';
import { outcomeOf } from '../support/decide.ts';
import { MemoryStore, now } from '../support/memory-store.ts';
import { randomModels } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';

/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const cases = 3000;

const levels: readonly string[] = ['denied', 'undecided', 'allowed'];

/** Outcomes of the checks of a world, asked together; each must be the same alone and between the reference's two. */
async function compare(world: RandomWorld): Promise<readonly string[]> {
  const store = new MemoryStore(prepareModel(world.model), world.stored);
  const ask = async (checks: readonly Check[]) => {
    const { decisions } = await check(store, { checks, contextual: world.contextual });
    return decisions.map(outcomeOf);
  };
  const outcomes = await ask(world.checks);
  const alone = await Promise.all(world.checks.map((one) => ask([one])));
  expect(alone.flat()).toEqual(outcomes);
  return outcomes.map((outcome, index) => judge({ ...world, now }, world.checks[index], outcome));
}

/** What the reference says of an outcome: its level, or `paradox` where a circle through "but not" leaves it open. */
function judge(world: ReferenceWorld, one: Check | undefined, outcome: string): string {
  if (one === undefined) throw new Error('There is an answer without a check.');
  const { least, most } = referenceCheck(world, one);
  const level = levelOf(outcome);
  expect({ outcome, fits: least <= level && level <= most, least, most }).toEqual({ outcome, fits: true, least, most });
  return least === most ? (levels[level] ?? '') : 'paradox';
}

/** Whatever is neither allowed nor denied is the code of a problem with a condition. */
function levelOf(outcome: string): Level {
  if (outcome === 'allowed') return 2;
  if (outcome === 'denied') return 0;
  expect(['MISSING_CONTEXT', 'INVALID_CONTEXT', 'CONDITION_FAILED']).toContain(outcome);
  return 1;
}

test(`the engine answers as the reference, in a batch and one by one (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), async (world) => {
      for (const outcome of await compare(world)) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }),
    { numRuns: cases, seed },
  );
  const share = (what: string) => (seen.get(what) ?? 0) / seen.values().reduce((sum, count) => sum + count, 0);
  expect(share('allowed')).toBeGreaterThan(0.1);
  expect(share('undecided')).toBeGreaterThan(0.03);
  expect(share('paradox')).toBeGreaterThan(0.005);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeJudgement, judgeWorld } from '../support/judge-world.ts';
import { randomModels } from '../support/random-model.ts';
import { randomWorlds } from '../support/random-world.ts';

/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const cases = Number(process.env.RUNS ?? 10_000);

test(`the engine answers as the reference, in a batch and one by one (seed ${seed})`, {
  timeout: 300_000,
}, async () => {
  const seen = new Map<string, number>();
  const answeredAtOnce = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), async (world) => {
      const judgements = await judgeWorld(world);
      expect(judgements.filter(({ fits }) => !fits).map(describeJudgement)).toEqual([]);
      for (const { together, least, most, atOnce } of judgements) {
        count(least === most ? together : 'paradox');
        if (atOnce !== undefined) answeredAtOnce.set(atOnce, (answeredAtOnce.get(atOnce) ?? 0) + 1);
      }
    }),
    { numRuns: cases, seed },
  );
  // What is rarely made is hardly tested.
  const total = [...seen.values()].reduce((sum, one) => sum + one, 0);
  const share = (what: string) => (seen.get(what) ?? 0) / total;
  expect(share('allowed')).toBeGreaterThan(0.08);
  expect(1 - share('allowed') - share('denied') - share('paradox')).toBeGreaterThan(0.01);
  expect(share('paradox')).toBeGreaterThan(0.005);
  for (const what of ['allowed', 'denied']) expect((answeredAtOnce.get(what) ?? 0) / total).toBeGreaterThan(0.02);
});

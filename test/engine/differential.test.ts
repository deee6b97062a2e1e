import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, prepareModel } from '../../src/engine/check.ts';
import { type Level, referenceCheck } from '../reference/reference-check.ts';
import { outcomeOf } from '../support/decide.ts';
import { MemoryStore, now } from '../support/memory-store.ts';
import { randomModels } from '../support/random-model.ts';
import { randomWorlds } from '../support/random-world.ts';

const levels: readonly string[] = ['denied', 'undecided', 'allowed'];

test('the engine answers as the reference does, in a batch and one by one', async () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), async (world) => {
      const store = new MemoryStore(prepareModel(world.model), world.stored);
      const { contextual, checks } = world;
      const together = await check(store, { checks, contextual });
      for (const [index, one] of checks.entries()) {
        const alone = await check(store, { checks: [one], contextual });
        const outcome = outcomeOf(together.decisions[index]);
        expect([index, outcomeOf(alone.decisions[0])]).toEqual([index, outcome]);
        const { least, most } = referenceCheck({ ...world, now }, one);
        const level = levels.includes(outcome) ? (levels.indexOf(outcome) as Level) : 1;
        expect([index, least <= level && level <= most, outcome, least, most]).toEqual([
          index,
          true,
          outcome,
          least,
          most,
        ]);
        count(least === most ? (levels[level] ?? '') : 'paradox');
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 3000), seed: Number(process.env.SEED ?? Date.now()) },
  );
  console.log(seen);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Check, check } from '../../src/engine/check/check.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import { compileCondition } from '../../src/model/condition.ts';
import type { Model } from '../../src/model/model.ts';
import type { ConditionName } from '../../src/model/names.ts';
import type { Context, Relationship } from '../../src/model/relationship.ts';
import { withRuntimeParameters } from '../../src/model/runtime-parameters.ts';
import { outcomeOf } from '../support/decide.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { context, unwrap } from '../support/parse.ts';
import { randomModels } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';

/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

/** Half of the year has gone for the store's clock, and `x` decides over the rest: yes, no, or an error. */
const when = unwrap(
  compileCondition(
    'when' as ConditionName,
    'current_time < timestamp("2026-06-01T00:00:00Z") && 10 / x > 0',
    new Map([
      ['current_time', { kind: 'timestamp' }],
      ['x', { kind: 'int' }],
    ]),
  ),
);

const withClock = (model: Model): Model => ({ ...model, conditions: new Map([['when', when]]) });

/** What somebody may write or send, to have it their way. */
const noises: fc.Arbitrary<Context> = fc
  .record(
    {
      current_time: fc.constantFrom('2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'soon', null, 7),
      x: fc.constantFrom(1, -1, 0, 'soon', null),
    },
    { requiredKeys: [] },
  )
  .map(context);

const facts = fc.constantFrom<Readonly<Record<string, unknown>>>({ x: 1 }, { x: -1 }, { x: 0 }, {}).map(context);

/** Where noise comes from, relationship by relationship and check by check. */
type Noise = () => Context;

const quiet: Noise = () => new Map();

function written(relationships: readonly Relationship[], noise: Noise): readonly Relationship[] {
  return relationships.map((one) =>
    one.condition === undefined ? one : { ...one, condition: { name: one.condition.name, context: noise() } },
  );
}

async function decideAll(model: Model, world: RandomWorld, known: Context, noise: Noise): Promise<readonly string[]> {
  const store = new MemoryEdges(prepareModel(model), written(world.stored, noise));
  const checks = world.checks.map((one): Check => ({ ...one, context: noise(), facts: known }));
  const contextual = written(world.contextual, noise);
  return (await check(store, { checks, contextual })).decisions.map(outcomeOf);
}

test(`no stored or sent context changes a decision through the clock or a runtime parameter (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  let changedWithoutTheRule = 0;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(randomWorlds(randomModels), facts, fc.infiniteStream(noises), async (world, known, stream) => {
      const model = withClock(world.model);
      const ruled = withRuntimeParameters(model, ['x']);
      const noise: Noise = () => stream.next().value;
      const expected = await decideAll(ruled, world, known, quiet);
      expect(await decideAll(ruled, world, known, noise)).toEqual(expected);
      for (const outcome of expected) seen.add(outcome);
      const free = { ...model, runtimeParameters: new Set<string>() };
      if (String(await decideAll(free, world, known, noise)) !== String(expected)) changedWithoutTheRule += 1;
    }),
    { numRuns: Number(process.env.RUNS ?? 2000), seed },
  );
  // The noise would be heard, and all outcomes happen.
  expect(changedWithoutTheRule).toBeGreaterThan(100);
  expect([...seen]).toEqual(expect.arrayContaining(['allowed', 'denied', 'MISSING_CONTEXT', 'CONDITION_FAILED']));
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Check, check } from '../../src/engine/check/check.ts';
import type { SnapshotReader } from '../../src/engine/ports.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { referenceCheck } from '../reference/reference-check.ts';
import { outcomeOf } from '../support/decide.ts';
import { askAtOnce } from '../support/judge-world.ts';
import { MemoryEdges, now } from '../support/memory-edges.ts';
import { model } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { activate, done, operator, publish, usePosternOn, writing } from '../support/postern.ts';
import { admittingAll, randomModels } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';

/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
/** A few for each run, and as many as wanted by hand. */
const cases = Number(process.env.TEST_WORLDS ?? 100);

const permissive = model(admittingAll);

/** A model that our own validation takes may still be refused by that of the language. */
const publishable = randomModels.filter(({ dsl }) => parseModel({ kind: 'dsl', dsl }).ok);

async function ask(reader: SnapshotReader, { contextual }: Pick<RandomWorld, 'contextual'>, checks: readonly Check[]) {
  const { decisions } = await check(reader, { checks, contextual });
  return decisions.map((decision) => (decision.kind === 'undecided' ? 'undecided' : outcomeOf(decision)));
}

describe.each([
  ['postgres', cases],
  ['distributed', Math.ceil(cases / 4)],
] as const)('a store of the kind %s', (kind, runs) => {
  const postern = usePosternOn(kind);
  let permissiveId: number;

  beforeAll(async () => {
    permissiveId = await publish(postern(), admittingAll);
  });

  /** Writes under a model that admits everything, so that the world's own model finds what it does not admit. */
  async function store(relationships: readonly Relationship[], { dsl }: RandomWorld): Promise<void> {
    await activate(postern(), permissiveId);
    if (relationships.length > 0) done(await writeRelationships(postern(), operator, writing(relationships)));
    await publish(postern(), dsl);
  }

  async function remove(relationships: readonly Relationship[]): Promise<void> {
    if (relationships.length === 0) return;
    done(await writeRelationships(postern(), operator, writing([], relationships, { onMissing: 'IGNORE' })));
  }

  test(`the database answers as memory and as the reference (seed ${seed})`, {
    timeout: Math.max(120_000, cases * 800),
  }, async () => {
    let answeredAtOnce = 0;
    let toBegin = 0;
    await fc.assert(
      fc.asyncProperty(randomWorlds(publishable), async (world) => {
        const stored = world.stored.filter((one) => validateRelationship(permissive, one).ok);
        toBegin += stored.filter(({ startsAt }) => startsAt !== undefined && startsAt > now).length;
        await store(stored, world);
        const { reader } = postern().store;
        const outcomes = await ask(reader, world, world.checks);
        const inLevels = await ask(reader, { contextual: [] }, world.checks);
        const alone: (string | undefined)[] = [];
        for (const [index, one] of world.checks.entries()) {
          const atOnce = (await askAtOnce(reader, [one]))?.get(one);
          alone.push(atOnce);
          if (atOnce === undefined) continue;
          answeredAtOnce += 1;
          expect([index, atOnce]).toEqual([index, inLevels[index]]);
        }
        // Questions that come together share their statements.
        const together = await Promise.all(world.checks.map((one) => askAtOnce(reader, [one])));
        expect(together.map((answer, index) => answer?.get(world.checks[index] as Check))).toEqual(alone);
        const [first] = await ask(reader, world, world.checks.slice(0, 1));
        await remove(stored);
        expect(outcomes).toEqual(await ask(new MemoryEdges(prepareModel(world.model), stored), world, world.checks));
        expect(first).toBe(outcomes[0]);
        for (const [index, one] of world.checks.entries()) {
          const { least, most } = referenceCheck({ ...world, stored, now }, one);
          if (least === most)
            expect([index, outcomes[index]]).toEqual([index, ['denied', 'undecided', 'allowed'][least]]);
        }
      }),
      { numRuns: runs, seed },
    );
    if (kind === 'distributed' || playsCitus) expect(answeredAtOnce).toBe(0);
    else expect(answeredAtOnce).toBeGreaterThan(runs);
    expect(toBegin).toBeGreaterThan(0);
    const { relationships } = await postern().store.readRelationships({}, 1, undefined);
    expect(relationships).toEqual([]);
  });
});

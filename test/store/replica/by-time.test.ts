import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Check, check } from '../../../src/engine/check/check.ts';
import type { Snapshot, SnapshotReader } from '../../../src/engine/ports.ts';
import { parseModel } from '../../../src/model/parse-model.ts';
import type { Relationship } from '../../../src/model/relationship.ts';
import { validateRelationship } from '../../../src/model/validate-relationship.ts';
import type { PostgresStore } from '../../../src/store/postgres/open-store.ts';
import type { EdgeView } from '../../../src/store/replica/edge-view.ts';
import type { ReplicaStore } from '../../../src/store/replica/open-replica-store.ts';
import { ReplicaSnapshot } from '../../../src/store/replica/replica-snapshot.ts';
import { referenceCheck } from '../../reference/reference-check.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { openReplica } from '../../support/open-replica.ts';
import { model } from '../../support/parse.ts';
import { admittingAll, randomModels } from '../../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../../support/random-world.ts';
import { change } from '../../support/replica-world.ts';

/**
 * What begins and ends does so in the memory of a replica by the clock alone: one state, asked at many instants, says at each what the
 * reference says.
 */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const worlds = Number(process.env.TEST_REPLICA_WORLDS ?? 50);

const databaseUrl = useDatabase();
const permissive = { model: model(admittingAll), dsl: admittingAll };
let postgres: PostgresStore;
let replica: ReplicaStore;

beforeAll(async () => {
  ({ store: replica, postgres } = openReplica(databaseUrl(), { leastOverlay: 15 }));
  await change(postgres, { model: permissive });
  await replica.replica.whenLoaded();
});

afterAll(() => replica.close());

const publishable = randomModels.filter(({ dsl }) => parseModel({ kind: 'dsl', dsl }).ok);
const hour = 3_600_000;
const start = Date.UTC(2040, 0, 1);
const instants = [0, 1, 2, 3, 4].map((hours) => start + hours * hour);

/** Many of the relationships begin and end at some of the instants. */
function timed(one: Relationship, [from, length]: readonly [number, number]): Relationship {
  const startsAt = from === 0 ? undefined : new Date(start + from * hour);
  const expiresAt = length === 0 ? undefined : new Date(start + (from + length) * hour);
  return { ...one, startsAt, expiresAt };
}

const times = fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { minLength: 30, maxLength: 30 });

/** The state that the replica has now, as it is at an instant. */
async function decideAt(atMs: number, checks: readonly Check[]): Promise<readonly string[]> {
  const passed = await replica.replica.pass([]);
  if (passed === undefined) throw new Error('The replica has a state.');
  const view: EdgeView = passed.state.view.atClock(atMs * 1000);
  const names = replica.replica.feed.namesOf(passed.state.position);
  const seat = { payer: undefined, endsAt: Number.POSITIVE_INFINITY };
  const snapshot = new ReplicaSnapshot({ ...passed.state, view }, names, [], seat);
  const reader: SnapshotReader = { withSnapshot: (_objects, use) => use(snapshot as Snapshot) };
  const { decisions } = await check(reader, { checks, contextual: [] });
  return decisions.map((decision) => (decision.kind === 'undecided' ? 'undecided' : outcomeOf(decision)));
}

const outcomes = ['denied', 'undecided', 'allowed'];

/** What the reference lets it be at that instant. */
function allowedBy(world: RandomWorld, stored: readonly Relationship[], atMs: number): readonly (readonly string[])[] {
  const given = { model: world.model, stored, contextual: [], now: new Date(atMs) };
  return world.checks.map((one) => {
    const { least, most } = referenceCheck(given, one);
    return outcomes.slice(least, most + 1);
  });
}

test(`one state says at each instant what counts then (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(randomWorlds(publishable), times, async (world, ofEach) => {
      const valid = world.stored.filter((one) => validateRelationship(permissive.model, { ...one, startsAt: undefined, expiresAt: undefined }).ok); // biome-ignore format: one line
      const stored = valid.map((one, index) => timed(one, ofEach[index] ?? [0, 0]));
      await change(postgres, { model: world, writes: stored });
      const said: string[] = [];
      for (const atMs of instants) {
        const found = await decideAt(atMs, world.checks);
        const expected = allowedBy(world, stored, atMs);
        for (const [index, outcome] of found.entries()) expect(expected[index]).toContain(outcome);
        said.push(found.join());
      }
      if (new Set(said).size > 1) changed += 1;
      await change(postgres, { deletes: stored });
    }),
    { numRuns: worlds, seed },
  );
  // Time makes a difference in many of the worlds.
  expect(changed).toBeGreaterThan(worlds / 10);
});

import { beforeAll, expect, test } from 'vitest';
import type { FaultPoint } from '../../src/base/fault-points.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { openStore, type PostgresStore } from '../../src/store/postgres/open-store.ts';
import { Replica } from '../../src/store/replica/replica.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { dsl } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { PlannedFaults } from './support/planned-faults.ts';

const database = useDatabase();
const postern = usePostern(database);

beforeAll(async () => {
  await publish(postern(), dsl({ user: {}, team: { member: '[user]' } }));
  await write(postern(), ['team:1#member@user:ann', 'team:1#member@user:ben'], []);
  await write(postern(), ['team:2#member@user:ann'], ['team:1#member@user:ben']);
});

const hourMs = 3_600_000;

/** What a new store is asked that belongs to no operation of the schema. */
const commands: readonly (readonly [name: string, run: (store: PostgresStore) => Promise<unknown>])[] = [
  ['the model that decides is loaded', async (store) => (await store.loadActiveModel())?.prepared.model.types.size],
  ['the key of cursors is read', async (store) => (await store.cursorKey()) !== undefined],
  ['the store is asked whether it answers', (store) => store.ping()],
  ['the audit log is verified', (store) => verifyAuditLog(store.audit, { anchor: undefined })],
  ['the audit log is replayed', (store) => replayAuditLog(store.audit)],
  ['expired relationships are looked for', (store) => store.upkeep.findExpired(hourMs, undefined)],
  ['old outcomes are removed', (store) => store.upkeep.removeOutcomes(hourMs, undefined)],
  ['old changes are removed', (store) => store.upkeep.removeChanges(hourMs)],
  ['old events are looked for', (store) => store.upkeep.findOldEvents(hourMs)],
  [
    'a replica is loaded',
    async (store) => {
      const feed = store.openReplicaFeed();
      const replica = new Replica(feed, { maxBytes: 2 ** 24 });
      return replica
        .load()
        .then(() => replica.revision, fail)
        .finally(() => feed.close());
    },
  ],
];

function fail(error: unknown): never {
  throw error;
}

test.each(commands)('when something happens while %s, it fails, and says nothing wrong', async (_name, run) => {
  const faults = new PlannedFaults();
  const onNewStore = async () => {
    const options = { connections: 2, statementTimeoutMs: 500, faults };
    const store = openStore(database(), options, localParser);
    return run(store)
      .then(
        (value) => ({ value }),
        () => 'failed' as const,
      )
      .finally(() => store.close());
  };
  const right = await onNewStore();
  const points = [...faults.takeMet().keys()];
  const wrong: unknown[] = [];
  const tried = new Set<FaultPoint>();
  for (const point of points.filter((one) => one !== 'listen')) {
    for (const kind of ['fails', 'breaks'] as const) {
      for (const moment of ['before', 'after'] as const) {
        faults.plan({ point, from: 1, kind, moment, isLasting: true });
        const got = await onNewStore();
        if (faults.lift()) tried.add(point);
        if (got !== 'failed' && JSON.stringify(got) !== JSON.stringify(right)) wrong.push({ point, kind, moment, got });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(tried.size).toBeGreaterThan(2);
  expect(await onNewStore()).toEqual(right);
});

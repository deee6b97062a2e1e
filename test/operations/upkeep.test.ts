import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Relationship } from '../../src/model/relationship.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { findStartOfChanges } from '../../src/operations/live/watch-relationship-changes.ts';
import { formatGrantOutcome } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { runUpkeep } from '../../src/operations/upkeep/run-upkeep.ts';
import type { ReplicaStore } from '../../src/store/replica/open-replica-store.ts';
import type { Retention } from '../../src/store/upkeep.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { useDatabase } from '../support/database.ts';
import { openReplica } from '../support/open-replica.ts';
import type { PostgresStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { done, operator, publish, write, writing } from '../support/postern.ts';
import { excerptOf, excerptQuery, saidBy } from '../support/replica-world.ts';

/** On a database with a replica: what is removed is removed from it as well, and nothing else. */
const databaseUrl = useDatabase();
let postgres: PostgresStore;
let replica: ReplicaStore;
beforeAll(async () => {
  ({ store: replica, postgres } = openReplica(databaseUrl()));
  await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]', can_view: 'viewer' } }));
  await replica.replica.whenLoaded();
});
afterAll(() => replica.close());

const report = (_message: string, error: unknown) => {
  throw error;
};
const postern = () => ({ store: postgres, platform: object('platform:main'), report });
const forEver = Number.POSITIVE_INFINITY;
const nothing: Retention = { expiredMs: forEver, changesMs: forEver, outcomesMs: forEver, auditMs: forEver };
const upkeep = (retention: Partial<Retention>) =>
  runUpkeep(postern(), postgres.upkeep, { ...nothing, ...retention }, new AbortController().signal);

const soon = () => new Date(Date.now() + 40);
const ending = (text: string, expiresAt = soon()): Relationship => relationship(text, { expiresAt });
const viewerOf = (doc: string) => `doc:${doc}#viewer@user:ann`;

async function stored(): Promise<readonly string[]> {
  const sql = connectAsOwner(databaseUrl(), 1);
  const rows = await sql<{ name: string }[]>`
    select o.name from relationship r join object o on o.id = r.object order by o.name`;
  await sql.end();
  return rows.map(({ name }) => name);
}

/** Whatever was removed: the log is whole and says what there is, and the replica is the database. */
async function expectSound(): Promise<void> {
  const { audit } = postgres;
  expect((await verifyAuditLog(audit, { anchor: undefined })).ok).toBe(true);
  expect(await replayAuditLog(audit)).toMatchObject({ differences: 0, examples: [] });
  const excerpt = await replica.reader.withExcerpt(() => excerptQuery, saidBy);
  expect(excerpt).toEqual(await excerptOf(postgres.reader));
}

describe('what has expired', () => {
  test('is removed when it was long enough ago, with an event that names it, and nothing else is', async () => {
    const later = new Date(Date.now() + 3_600_000);
    await write(postern(), [ending(viewerOf('a')), ending(viewerOf('b')), ending(viewerOf('c'), later), viewerOf('d')]);
    // Written again, so that it is not what it was.
    await expect.poll(async () => (await upkeep({ expiredMs: 60_000 })).expired).toBe(0);
    await expect.poll(async () => (await upkeep({ expiredMs: 1 })).expired, { interval: 50 }).toBe(2);
    expect(await stored()).toEqual(['c', 'd']);
    const page = await postgres.audit.events({ action: 'removeExpiredRelationships' }, 10, undefined);
    expect(page.events.map(({ actor, before, after }) => [actor, before.map(nameOf), after])).toEqual([
      ['console upkeep', [viewerOf('a'), viewerOf('b')], []],
    ]);
    await expectSound();
  });

  test('stays while it has not begun, however long it waits', async () => {
    await write(postern(), [relationship(viewerOf('waits'), { startsAt: new Date('2099-01-01T00:00:00Z') })]);
    expect((await upkeep({ expiredMs: 1 })).expired).toBe(0);
    expect(await stored()).toContain('waits');
    await write(postern(), [], [viewerOf('waits')]);
    await expectSound();
  });

  test('stays when it was written again meanwhile', async () => {
    await write(postern(), [ending(viewerOf('e'))]);
    const piece = await pollPiece(1);
    await write(postern(), [viewerOf('e')]);
    const removing = await postgres.writer.write(unconstrained, async ({ relationships }) => ({
      ok: true,
      value: await relationships.removeExpired(piece, 1),
    }));
    expect(removing.ok && removing.value.value).toEqual([]);
    await write(postern(), [], [viewerOf('e')]);
  });

  test('is found in a store of many pieces, by two servers at once, while it is written', {
    timeout: 60_000,
  }, async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `many${String(n).padStart(4, '0')}`);
    const until = new Date(Date.now() + 1500);
    const isEnding = (n: number) => n % 7 === 0;
    for (let from = 0; from < many.length; from += 1000) {
      const docs = many.slice(from, from + 1000);
      await write(
        postern(),
        docs.map((doc, n) => (isEnding(from + n) ? ending(viewerOf(doc), until) : viewerOf(doc))),
      );
    }
    await expect.poll(() => Date.now(), { timeout: 5000 }).toBeGreaterThan(until.getTime() + 50);
    const writing = async () => {
      for (let n = 0; n < 20; n += 1) await write(postern(), [viewerOf(`beside${n}`)]);
    };
    const [first, second] = await Promise.all([upkeep({ expiredMs: 1 }), upkeep({ expiredMs: 1 }), writing()]);
    const expected = many.filter((_, n) => isEnding(n)).length;
    expect(first.expired + second.expired).toBe(expected);
    expect((await stored()).filter((name) => name.startsWith('many'))).toEqual(many.filter((_, n) => !isEnding(n)));
    await expectSound();
  });
});

test('outcomes of keyed writes are kept as long as they are to be, and no longer', async () => {
  const idempotency = { key: 'once', request: 'the same' };
  const again = () => writeRelationships(postern(), operator, writing([viewerOf('keyed')], [], { idempotency }));
  const { token } = done(await again());
  expect(await upkeep({ outcomesMs: 3_600_000 })).toMatchObject({ outcomes: 0 });
  expect(done(await again()).token).toEqual(token);
  await expect.poll(async () => (await upkeep({ outcomesMs: 1 })).outcomes).toBe(1);
  // Now it is another write, of something that is there already.
  expect((await again()).ok).toBe(false);
});

test('whoever follows from before what was removed is told so, and whoever follows from there on is not', async () => {
  const before = await write(postern(), [viewerOf('f')]);
  const last = await write(postern(), [viewerOf('g')]);
  const startOf = (after: typeof last) => findStartOfChanges(postern(), operator, after);
  expect(await startOf(before)).toEqual({ ok: true, value: before });
  expect(await upkeep({ changesMs: 3_600_000 })).toMatchObject({ changes: 0 });
  await expect.poll(async () => (await upkeep({ changesMs: 1 })).changes).toBeGreaterThan(0);
  expect(await startOf(before)).toMatchObject({
    ok: false,
    problem: { kind: 'invalid', errors: [{ message: expect.stringContaining('is not kept any more') }] },
  });
  expect(await startOf(last)).toEqual({ ok: true, value: last });
  const next = await write(postern(), [viewerOf('h')]);
  const { revisions, removedTo } = await postgres.reader.withSnapshot([], (snapshot) =>
    snapshot.readRevisions(last.revision, 10),
  );
  expect([revisions.map(({ revision }) => revision), removedTo]).toEqual([[next.revision], last.revision]);
  await expectSound();
});

const nameOf = (record: unknown) =>
  formatGrantOutcome({ relationship: record, createdAt: '', createdBy: null } as Parameters<
    typeof formatGrantOutcome
  >[0]);

async function pollPiece(endedForMs: number): Promise<readonly Relationship[]> {
  let found: readonly Relationship[] = [];
  await expect
    .poll(async () => {
      ({ expired: found } = await postgres.upkeep.findExpired(endedForMs, undefined));
      return found.length;
    })
    .toBe(1);
  return found;
}

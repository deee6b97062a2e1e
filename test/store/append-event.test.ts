import { beforeAll, expect, test } from 'vitest';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import type { AuditRecord } from '../../src/store/audit-event.ts';
import { eventsAtOnce } from '../../src/store/lanes.ts';
import { AuditAppender } from '../../src/store/postgres/audit-appender.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl } from '../support/parse.ts';
import { publish, usePostern } from '../support/postern.ts';

/** Events that belong to no write, of refused attempts above all, take the lock of all writes as rarely as they can. */

const database = useDatabase();
const statements: string[] = [];
const postern = usePostern(database, { onStatement: (text) => statements.push(text) });

beforeAll(() => publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } })));

function denied(requestId: string, reason?: string): AuditRecord {
  const after = [{ object: 'doc:1', relation: 'viewer', subject: 'user:eve' }];
  return {
    ...{ actor: 'user:eve', delegate: undefined, action: 'grantRole', outcome: 'denied' },
    ...{ before: [], after, reason, requestId },
  };
}

const named = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what}-${index}`);

async function requestIds(): Promise<readonly (string | undefined)[]> {
  const { events } = await postern().store.audit.events({ outcome: 'denied' }, 200, undefined);
  return events.map(({ requestId }) => requestId).toReversed();
}

test('those that come while one is appended are appended in their order, and take the lock once', async () => {
  const ids = named('together', 20);
  statements.length = 0;
  await Promise.all(ids.map((id) => postern().store.appendEvent(denied(id))));
  // The first began at once, and all others waited for it.
  expect(statements.filter((text) => /for no key update/.test(text)).length).toBe(2);
  expect(await requestIds()).toEqual(ids);
  expect(await verifyAuditLog(postern().store.audit, { anchor: undefined })).toMatchObject({ ok: true });
});

test('whoever has gone is in the log all the same', async () => {
  const gone = postern().store.as({ name: 'user:eve', kind: 'usual', isGone: () => true });
  await expect(gone.reader.withSnapshot([], async () => 'read')).rejects.toThrow(
    'Nobody waits for the answer any more.',
  );
  await gone.appendEvent(denied('gone'));
  expect((await requestIds()).at(-1)).toBe('gone');
});

test('however many come, all are in the log', async () => {
  const ids = named('many', 3 * eventsAtOnce);
  await Promise.all(ids.map((id) => postern().store.appendEvent(denied(id))));
  expect((await requestIds()).slice(-ids.length).toSorted()).toEqual(ids.toSorted());
  expect(await verifyAuditLog(postern().store.audit, { anchor: undefined })).toMatchObject({ ok: true });
});

test('one that the database does not take is refused alone', async () => {
  const records = named('some', 5).map((id, index) => denied(id, index === 3 ? 'a NUL: \u0000' : undefined));
  const outcomes = await Promise.allSettled(records.map((record) => postern().store.appendEvent(record)));
  expect(outcomes.map(({ status }) => status)).toEqual(
    records.map((_, index) => (index === 3 ? 'rejected' : 'fulfilled')),
  );
  expect((await requestIds()).slice(-4)).toEqual(['some-0', 'some-1', 'some-2', 'some-4']);
});

test('what waits is in the log when the store has closed', async () => {
  const store = openStore(database(), { connections: 2, statementTimeoutMs: 20_000 }, localParser);
  const owner = connectAsOwner(database(), 2);
  const ids = named('closing', 10);
  const appended = await owner.begin(async (sql) => {
    await sql`select from store for no key update`;
    const appending = Promise.all(ids.map((id) => store.appendEvent(denied(id))));
    const closing = store.close();
    return { appending, closing };
  });
  await Promise.all([appended.appending, appended.closing]);
  expect((await requestIds()).slice(-ids.length)).toEqual(ids);
  await owner.end();
});

test('an event that comes at whatever moment after another is appended without waiting for a third', async () => {
  const appender = new AuditAppender(postern().store.writer);
  for (let turns = 0; turns < 20; turns++) {
    await appender.append(denied(`first-${turns}`));
    for (let turn = 0; turn < turns; turn++) await undefined;
    await appender.append(denied(`second-${turns}`));
  }
  const appended = (await requestIds()).filter((id) => /^(?:first|second)-/.test(id ?? ''));
  expect(appended).toHaveLength(40);
}, 20_000);

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import { listModels } from '../../src/operations/models/list-models.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { reviewAccess } from '../../src/operations/reviews/review-access.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import { retireObject } from '../../src/operations/roles/retire-object.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import type { Connection } from '../../src/store/postgres/connection.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import type { Sql, TransactionSql } from '../../src/store/postgres/sql.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, object, relationship, subject } from '../support/parse.ts';
import { publish, signedIn, usePostern, write, writing } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;
let connection: Connection;
let application: TransactionSql;

const model = dsl({
  user: {},
  platform: { can_write_relationships: '[user]', can_publish_model: '[user]' },
  doc: { admin: '[user]', viewer: '[user]', can_manage_access: 'admin' },
});

beforeAll(async () => {
  owner = connectAsOwner(database());
  connection = await openConnection(database(), { statementTimeoutMs: 10_000 });
  application = connection.sql;
  await publish(postern(), model);
  await write(postern(), ['doc:1#admin@user:adam']);
});

afterAll(() => Promise.all([owner.end(), connection.close()]));

describe.each([['audit_event'], ['audit_mention']])('%s', (table) => {
  const statements: readonly (readonly [string, (sql: Sql | TransactionSql) => Promise<unknown>])[] = [
    ['updated', async (sql) => sql`update ${sql(table)} set ${sql(table === 'audit_event' ? 'actor' : 'name')} = 'x'`],
    ['deleted from', async (sql) => sql`delete from ${sql(table)}`],
    ['truncated', async (sql) => sql`truncate ${sql(table)}`],
  ];

  test.each(statements)('cannot be %s by the application', async (_what, run) => {
    await expect(run(application)).rejects.toThrow(`permission denied for table ${table}`);
  });

  test.each(statements)('cannot be %s by the owner of the tables either', async (_what, run) => {
    await expect(run(owner)).rejects.toThrow('append-only');
  });
});

test.each([
  ['where the chain begins', 'audit_start = audit_length'],
  ['the identity of the database', 'identity = gen_random_uuid()'],
  ['the key of cursors', `cursor_key = 'known'`],
])('the application cannot change %s', async (_what, change) => {
  await expect(application.unsafe(`update store set ${change}`)).rejects.toThrow('permission denied for table store');
});

test('the application cannot take the guards away', async () => {
  await expect(application`drop trigger audit_event_append_only on audit_event`).rejects.toThrow('must be owner');
  await expect(application`alter table audit_event disable trigger all`).rejects.toThrow('must be owner');
});

describe('an attempt without the right', () => {
  const role = (text: string) => ({ relationship: relationship(text), reason: 'please', idempotency: undefined });
  const mia = signedIn('user:mia');
  const source = { kind: 'dsl', dsl: model } as const;
  const none = { reason: undefined, idempotency: undefined };
  const filter = { role: undefined, subject: undefined, expiresBefore: undefined, withoutEnd: false };
  const place = { notHolding: undefined, first: 10, after: undefined };
  const review = { object: object('doc:1'), includeContained: false, ...filter, ...place };

  test.each<[action: string, run: () => Promise<{ readonly ok: boolean }>, wanted: unknown]>([
    [
      'grantRole',
      () => grantRole(postern(), mia, role('doc:1#admin@user:mia')),
      [{ object: 'doc:1', relation: 'admin', subject: 'user:mia' }],
    ],
    [
      'revokeRole',
      () => revokeRole(postern(), mia, role('doc:1#admin@user:adam')),
      [{ object: 'doc:1', relation: 'admin', subject: 'user:adam' }],
    ],
    [
      'writeRelationships',
      () => writeRelationships(postern(), mia, writing(['doc:1#viewer@user:mia'], ['doc:1#viewer@user:bo'])),
      [
        { object: 'doc:1', relation: 'viewer', subject: 'user:bo' },
        { object: 'doc:1', relation: 'viewer', subject: 'user:mia' },
      ],
    ],
    [
      'publishModel',
      () => publishModel(postern(), mia, { source, activate: false, dryRun: false, reason: undefined }),
      [],
    ],
    ['readModel', () => listModels(postern(), mia, { first: 10, after: undefined }), []],
    ['reviewAccess', () => reviewAccess(postern(), mia, review), [{ object: 'doc:1' }]],
    ...[true, false].map((dryRun): [string, () => Promise<{ readonly ok: boolean }>, unknown] => [
      'offboardSubject',
      () => offboardSubject(postern(), mia, { ...none, subject: subject('user:adam'), dryRun }),
      [{ subject: 'user:adam' }],
    ]),
    ...[true, false].map((dryRun): [string, () => Promise<{ readonly ok: boolean }>, unknown] => [
      'retireObject',
      () => retireObject(postern(), mia, { ...none, object: object('doc:1'), dryRun }),
      [{ object: 'doc:1' }],
    ]),
  ])('%s is in the log, and changes nothing', async (action, run, wanted) => {
    const [before] = await owner`select revision, audit_length from store`;
    expect(await run()).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
    const [after] = await owner`select revision, audit_length from store`;
    expect(after).toEqual({ revision: before?.revision, audit_length: before?.audit_length + 1 });
    const [event] = await owner`select * from audit_event order by id desc limit 1`;
    expect(event).toMatchObject({
      id: after?.audit_length,
      actor: 'user:mia',
      action,
      outcome: 'denied',
      before: [],
      after: wanted,
      request_id: 'request-1',
    });
  });
});

test('every event is found by the names in it', async () => {
  const names = await owner`select kind, name from audit_mention where event = 2 order by kind, name`;
  expect(names.map(({ kind, name }) => [kind, name])).toEqual([
    ['object', 'doc:1'],
    ['subject', 'user:adam'],
  ]);
});

test('each event is linked to the one before it, and the store knows the last', async () => {
  const events = await owner<{ id: number; hash: string }[]>`select id, hash from audit_event order by id`;
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  expect(new Set(events.map(({ hash }) => hash)).size).toBe(events.length);
  const [head] = await owner`select audit_length, audit_head from store`;
  expect(head).toEqual({ audit_length: events.length, audit_head: events.at(-1)?.hash });
});

test('a server whose user is nothing but a member of that role starts on tables that are up to date', async () => {
  const member = `member_${randomUUID().replaceAll('-', '')}`;
  const password = randomUUID();
  await owner.unsafe(`create role ${member} login password '${password}' in role postern_app`);
  const url = Object.assign(new URL(database()), { username: member, password }).href;
  await migrate(url);
  const store = openStore(url, { connections: 1, statementTimeoutMs: 10_000 }, localParser);
  const written = await store.writer.write(unconstrained, async (transaction) =>
    ok(await transaction.relationships.delete([relationship('doc:1#viewer@user:nobody')])),
  );
  expect(written.ok).toBe(true);
  await store.close();
  await owner.unsafe(`drop role ${member}`);
});

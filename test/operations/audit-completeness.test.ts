import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import type { AuditScan } from '../../src/store/audit-scan.ts';
import { applicationRole } from '../../src/store/postgres/connect.ts';
import { openAuditLog } from '../../src/store/postgres/open-audit-log.ts';
import { openAuditScan } from '../../src/store/postgres/open-audit-scan.ts';
import { plainShapes } from '../../src/store/postgres/plain-shapes.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner, connectionsOf } from '../support/owner-sql.ts';
import { dsl, relationship } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { activate, publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;

const strict = dsl(
  { user: {}, team: { member: '[user]' }, doc: { viewer: '[user, user with open, user:*, team#member]' } },
  { open: '(level: int) { level > 3 }' },
);
const lax = dsl({
  user: {},
  team: { member: '[user]' },
  doc: { editor: '[user]', viewer: '[user, user:*] or editor' },
});

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(postern(), lax);
  await publish(postern(), strict);
  await write(postern(), [
    'doc:1#viewer@user:ann',
    'doc:1#viewer@team:eng#member',
    'team:eng#member@user:bob',
    relationship('doc:2#viewer@user:ann', { condition: ['open', { level: 1 }] }),
  ]);
});

afterAll(() => owner.end());

class TakenBack extends Error {}

type Who = 'application' | 'owner';
type Tampering = (sql: Sql) => Promise<unknown>;

/** What replaying and verifying say after somebody wrote past the log; then everything is as it was. */
async function report(who: Who, tamper: Tampering) {
  let found: { readonly replay: readonly string[]; readonly verify: string | undefined } | undefined;
  await owner
    .begin(async (transaction) => {
      if (who === 'application') await transaction`select set_config('role', ${applicationRole}, true)`;
      else await transaction`alter table object disable trigger all`;
      const sql = transaction as unknown as Sql;
      await tamper(sql);
      const log = {
        ...openAuditLog(connectionsOf(sql), plainShapes, (work) => work()),
        scan: <Value>(use: (scan: AuditScan) => Promise<Value>) =>
          use(openAuditScan(transaction as never, plainShapes)),
      };
      const { examples } = await replayAuditLog(log);
      const verified = await verifyAuditLog(log, { anchor: undefined });
      found = { replay: examples, verify: verified.ok ? undefined : verified.problem.message };
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return found;
}

const insertModel = (sql: Sql) => sql`insert into model (dsl) values (${lax}) returning id`;
const copyToBob = (sql: Sql) => sql`
  insert into relationship
  select object, relation, (select id from object where name = 'bob'), subject_type, condition, context, expires_at, created_at,
    created_by, revision
  from relationship where subject = (select id from object where name = 'ann') and condition is null`;
const conditional = (sql: Sql) => sql`condition is not null`;

test('what nobody touched is what the log says', async () => {
  expect(await report('owner', async () => {})).toEqual({ replay: [], verify: undefined });
});

/** `verify` holds the log and the models, which are few, against the store; `replay` everything. */
describe('whatever decides, and was changed past the log, is reported', () => {
  test.each<[what: string, who: Who, tamper: Tampering, replayed: string, verified: string | undefined]>([
    [
      'a model is put in and made to decide',
      'application',
      async (sql) => {
        const [row] = await insertModel(sql);
        await sql`update store set active_model = ${row?.id}`;
      },
      'Model 3 is in the store, and not in the log.',
      'Model 3 is in the store, and not in the log.',
    ],
    [
      'a model is put in',
      'application',
      insertModel,
      'Model 4 is in the store, and not in the log.',
      'Model 4 is in the store, and not in the log.',
    ],
    [
      'an earlier model is made to decide again',
      'application',
      (sql) => sql`update store set active_model = 1`,
      'In the store model 1 is active, and the log says that model 2 is active.',
      'In the store model 1 is active, and the log says that model 2 is active.',
    ],
    [
      'an earlier one is made to decide where only newer servers look',
      'application',
      (sql) => sql`update store set active_model = null, guarded_model = 1`,
      'In the store model 1 is active, and the log says that model 2 is active.',
      'In the store model 1 is active, and the log says that model 2 is active.',
    ],
    [
      'no model is left to decide',
      'application',
      (sql) => sql`update store set active_model = null`,
      'In the store no model is active, and the log says that model 2 is active.',
      'In the store no model is active, and the log says that model 2 is active.',
    ],
    [
      'the text of the active model is changed',
      'owner',
      (sql) => sql`update model set dsl = ${lax} where id = 2`,
      'Model 2 does not say in the store what the log has recorded.',
      'Model 2 does not say in the store what the log has recorded.',
    ],
    [
      'a model is given modules, which are compiled instead of its text',
      'owner',
      (sql) => sql`update model set modules = '[{"name": "a.fga", "dsl": "module a"}]' where id = 2`,
      'Model 2 does not say in the store what the log has recorded.',
      'Model 2 does not say in the store what the log has recorded.',
    ],
    [
      'a relationship is put in',
      'application',
      copyToBob,
      '"doc:1#viewer@user:bob" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a relationship is taken out',
      'application',
      (sql) => sql`delete from relationship where ${conditional(sql)}`,
      '"doc:2#viewer@user:ann" is in the log, and not in the store.',
      undefined,
    ],
    [
      'a relationship loses its condition',
      'application',
      (sql) => sql`update relationship set condition = null where ${conditional(sql)}`,
      '"doc:2#viewer@user:ann" is {',
      undefined,
    ],
    [
      'the context of a relationship is changed',
      'application',
      (sql) => sql`update relationship set context = '{"level": 9}' where ${conditional(sql)}`,
      '"doc:2#viewer@user:ann" is {',
      undefined,
    ],
    [
      'a relationship is given an end',
      'application',
      (sql) => sql`update relationship set expires_at = '2100-01-01' where ${conditional(sql)}`,
      '"doc:2#viewer@user:ann" is {',
      undefined,
    ],
    [
      'a relationship is put off',
      'application',
      (sql) => sql`update relationship set starts_at = '2100-01-01' where ${conditional(sql)}`,
      '"doc:2#viewer@user:ann" is {',
      undefined,
    ],
    [
      'a relationship is moved to everybody',
      'application',
      (sql) => sql`update relationship set subject = subject_type where ${conditional(sql)}`,
      '"doc:2#viewer@user:*" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a relationship is moved to another object',
      'application',
      (sql) => sql`
        update relationship set object = (select id from object where name = 'eng') where ${conditional(sql)}`,
      '"team:eng#viewer@user:ann" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a relationship is filed under another type of subject',
      'application',
      (sql) => sql`
        update relationship set subject_type = (select number from term where kind = 'type' and name = 'team')
        where ${conditional(sql)}`,
      '"doc:2#viewer@team:ann" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a relationship is written for a subject that will exist one day',
      'application',
      (sql) => sql`update relationship set subject = 99999 where ${conditional(sql)}`,
      '"doc:2#viewer@user:*" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a relationship is given a condition that nothing has',
      'application',
      (sql) => sql`update relationship set condition = 999 where condition is null`,
      '3 relationships in the store have a name that nothing has.',
      undefined,
    ],
    [
      'the store forgets its last revision',
      'application',
      (sql) => sql`update store set revision = 2`,
      'The store counts 2 revisions, and the last in the log is 3.',
      undefined,
    ],
    [
      'a subject is renamed',
      'owner',
      (sql) => sql`update object set name = 'eve' where name = 'ann'`,
      '"doc:1#viewer@user:eve" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a subject becomes one of another type',
      'owner',
      (sql) => sql`
        update object set type = (select number from term where kind = 'type' and name = 'team') where name = 'ann'`,
      '2 relationships in the store are filed under another type of subject.',
      undefined,
    ],
    [
      'a relation is renamed',
      'owner',
      (sql) => sql`update term set name = 'watcher' where kind = 'relation' and name = 'viewer'`,
      '"doc:1#watcher@user:ann" is in the store, and not in the log.',
      undefined,
    ],
    [
      'a condition is renamed',
      'owner',
      (sql) => sql`update term set name = 'closed' where kind = 'condition'`,
      '"doc:2#viewer@user:ann" is {',
      undefined,
    ],
  ])('%s', async (_what, who, tamper, replayed, verified) => {
    const found = await report(who, tamper);
    expect(found?.replay).toContainEqual(expect.stringContaining(replayed));
    expect(found?.verify).toBe(verified);
  });

  test('also when it was put back, if something was recorded meanwhile', async () => {
    await owner`update store set active_model = 1`;
    await write(postern(), ['doc:3#viewer@user:ann']);
    await owner`update store set active_model = 2`;
    const message = 'Event 4 was recorded under model 1, and the log says that model 2 is active.';
    expect((await replayAuditLog(postern().store.audit)).examples[0]).toBe(message);
    const verified = await verifyAuditLog(postern().store.audit, { anchor: undefined });
    expect(verified).toMatchObject({ ok: false, problem: { message } });
  });
});

test('a model that comes back by the log is no difference', async () => {
  const before = (await replayAuditLog(postern().store.audit)).differences;
  await activate(postern(), 1);
  await activate(postern(), 2);
  // What was recorded under the wrong model stays on record.
  expect((await replayAuditLog(postern().store.audit)).differences).toBe(before);
});

test('a model from before events kept what it says is counted as unproven until it is activated once more', async () => {
  await owner.begin(async (sql) => {
    await sql`alter table audit_event disable trigger all`;
    await sql`update audit_event set after = '[{"model": 1}]' where id in (1, 5)`;
    await sql`alter table audit_event enable trigger all`;
  });
  expect((await replayAuditLog(postern().store.audit)).unprovenModels).toBe(1);
  await activate(postern(), 1);
  expect((await replayAuditLog(postern().store.audit)).unprovenModels).toBe(0);
});

/** A table or column that becomes writable has to be thought of: what decides by it, and what reports it. */
test('what servers may write is known, table by table', async () => {
  const rows = await owner<{ what: string }[]>`
    select table_name || ' ' || lower(privilege_type) || coalesce(' ' || columns, '') as what from (
      select table_name::text, privilege_type::text, null as columns from information_schema.table_privileges
      where grantee = ${applicationRole} and privilege_type <> 'SELECT'
      union all
      select table_name, privilege_type, string_agg(column_name, ', ' order by column_name)
      from information_schema.column_privileges c
      where grantee = ${applicationRole} and privilege_type = 'UPDATE' and not exists (
        select from information_schema.table_privileges t
        where t.grantee = c.grantee and t.table_name = c.table_name and t.privilege_type = 'UPDATE')
      group by table_name, privilege_type
    ) granted order by 1`;
  expect(rows.map(({ what }) => what)).toEqual([
    // The log itself: `verify`.
    'audit_event insert',
    'audit_mention insert',
    // Read by those who follow changes, and by replicas, which notice what is missing. What is old is removed.
    'change delete',
    'change insert',
    // What was used, and by whom it was counted: numbers, of which nothing is decided.
    'grant_use delete',
    'grant_use insert',
    'grant_use update uses',
    // Answers a repeated request with what the first was told; nothing decides by it.
    'idempotency delete',
    'idempotency insert',
    'model insert',
    // A name that no relationship has decides nothing.
    'object insert',
    // Gives nothing: whoever applies one does so with their own rights, and what was applied is in the log with its digest.
    'proposal insert',
    'proposal update end_reason, ended_at, ended_by, state',
    'relationship delete',
    'relationship insert',
    'relationship update',
    // Where it says too little or too much, nothing is decided.
    ...(playsCitus ? ['shard_revision update'] : []),
    'store update active_model, audit_head, audit_length, changes_removed_to, guarded_model, oldest_schema, revision',
    'subject_use delete',
    'subject_use insert',
    'subject_use update uses',
    'term insert',
    'use_server delete',
    'use_server insert',
    'use_server update ended_at, lost_at, told_at',
  ]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../../src/base/result.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import type { WriteTransaction } from '../../src/store/write-transaction.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, relationship } from '../support/parse.ts';
import { done, operator, publish, relationships, usePostern, write, writing } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
const wiki = dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[user, team#member]' } });
let sql: Sql;

beforeAll(async () => {
  sql = connectAsOwner(database(), 2);
  await publish(postern(), wiki);
});

afterAll(() => sql.end());

/** Everything that is stored. */
async function state(): Promise<unknown> {
  const [all] = await sql`
    select (select jsonb_agg(t) from (select * from store) t) as store,
      (select jsonb_agg(t order by t.id) from model t) as model,
      (select jsonb_agg(t order by t.kind, t.number) from term t) as term,
      (select jsonb_agg(t order by t.id) from object t) as object,
      (select jsonb_agg(t order by t.object, t.relation, t.subject) from relationship t) as relationship,
      (select jsonb_agg(t order by t.revision, t.ordinal) from change t) as change,
      (select jsonb_agg(t order by t.id) from audit_event t) as audit,
      (select jsonb_agg(t order by t.actor, t.key) from idempotency t) as idempotency`;
  return all;
}

describe('a write that fails half-way leaves nothing', () => {
  const idempotency = { key: 'half', request: 'half' };
  const some = ['doc:half#viewer@user:new', 'team:half#member@user:new'];

  test.each<[what: string, code: string, run: () => ReturnType<typeof writeRelationships>]>([
    [
      'at a relationship that exists',
      'ALREADY_EXISTS',
      () =>
        writeRelationships(postern(), operator, writing([...some, 'doc:there#viewer@user:ann'], [], { idempotency })),
    ],
    [
      'after it deleted',
      'ALREADY_EXISTS',
      () =>
        writeRelationships(
          postern(),
          operator,
          writing([...some, 'doc:there#viewer@user:ann'], ['doc:there#viewer@user:ben'], { idempotency }),
        ),
    ],
    [
      'at a relationship that is missing',
      'NOT_FOUND',
      () =>
        writeRelationships(
          postern(),
          operator,
          writing(some, ['doc:there#viewer@user:ben', 'doc:gone#viewer@user:ben'], { idempotency }),
        ),
    ],
    [
      'at one that is invalid',
      'INVALID_RELATIONSHIP',
      () =>
        writeRelationships(
          postern(),
          operator,
          writing([...some, 'doc:half#viewer@team:half'], ['doc:there#viewer@user:ben'], { idempotency }),
        ),
    ],
  ])('%s', async (_what, code, run) => {
    await write(postern(), ['doc:there#viewer@user:ann', 'doc:there#viewer@user:ben']);
    const before = await state();
    expect(await run()).toMatchObject({ ok: false, problem: { errors: [{ code }] } });
    expect(await state()).toEqual(before);
    await write(postern(), [], ['doc:there#viewer@user:ann', 'doc:there#viewer@user:ben']);
  });

  test.each<[what: string, fail: (transaction: WriteTransaction) => Promise<unknown>]>([
    ['with a problem', async () => failed('no')],
    ['with an error', () => Promise.reject(new Error('no'))],
    ['with an error of the database', ({ models }) => models.read(2 ** 40)],
  ])('and ends %s', async (_what, fail) => {
    const before = await state();
    const writing = postern().store.writer.write(unconstrained, async (transaction) => {
      await transaction.relationships.write(relationships(some), undefined);
      await transaction.outcomes.store('user:ann', 'key', 'hash', {});
      await transaction.audit.record({
        actor: 'user:ann',
        delegate: undefined,
        action: 'x',
        outcome: 'done',
        before: [],
        after: [],
        reason: undefined,
        requestId: undefined,
      });
      const result = await fail(transaction);
      return failed(result);
    });
    await writing.catch(() => undefined);
    expect(await state()).toEqual(before);
  });

  test('when the audit log cannot be written', async () => {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'full'; end $$`;
    await sql`create trigger refuse before insert on audit_event for each row execute function refuse()`;
    const before = await state();
    await expect(write(postern(), some)).rejects.toThrow('full');
    expect(await state()).toEqual(before);
    await sql`drop trigger refuse on audit_event`;
    await write(postern(), some);
  });
});

describe('every write leaves its change and one audit event, in its own transaction', () => {
  const role = (text: string) => ({ relationship: relationship(text), reason: 'because', idempotency: undefined });
  const source = { kind: 'dsl', dsl: wiki } as const;

  test.each<[action: string, run: () => Promise<{ readonly ok: boolean }>, changes: readonly string[]]>([
    ['grantRole', () => grantRole(postern(), operator, role('doc:log#viewer@user:ann')), ['write']],
    ['revokeRole', () => revokeRole(postern(), operator, role('doc:log#viewer@user:ann')), ['delete']],
    [
      'writeRelationships',
      () =>
        writeRelationships(
          postern(),
          operator,
          writing(['doc:log#viewer@user:a', 'doc:log#viewer@user:b'], [], { reason: 'because' }),
        ),
      ['write', 'write'],
    ],
    [
      'writeRelationships',
      () =>
        writeRelationships(
          postern(),
          operator,
          writing(['doc:log#viewer@user:c'], ['doc:log#viewer@user:a'], { reason: 'because' }),
        ),
      ['delete', 'write'],
    ],
    [
      'publishModel',
      () => publishModel(postern(), operator, { source, activate: false, dryRun: false, reason: 'because' }),
      [],
    ],
    [
      'publishAndActivateModel',
      () => publishModel(postern(), operator, { source, activate: true, dryRun: false, reason: 'because' }),
      ['model'],
    ],
    ['activateModel', () => activateModel(postern(), operator, { id: 1, reason: 'because' }), ['model']],
  ])('%s', async (action, run, changes) => {
    const [before] = await sql<{ revision: number }[]>`select revision from store`;
    const revision = (before?.revision ?? 0) + 1;
    expect(await run()).toMatchObject({ ok: true, value: { token: { revision } } });
    const events = await sql`select *, xmin::text from audit_event where revision >= ${revision}`;
    const rows = await sql`select operation, xmin::text from change where revision >= ${revision} order by ordinal`;
    const [store] = await sql`select revision, xmin::text from store`;
    expect(events).toMatchObject([{ revision, action, actor: 'console test', reason: 'because', request_id: null }]);
    expect(rows.map(({ operation }) => operation)).toEqual(changes);
    expect(store).toMatchObject({ revision });
    const transactions = [...events, ...rows, ...(store === undefined ? [] : [store])].map(({ xmin }) => xmin);
    expect(new Set(transactions).size).toBe(1);
  });

  test('a dry run leaves neither', async () => {
    const before = await state();
    done(await publishModel(postern(), operator, { source, activate: true, dryRun: true, reason: undefined }));
    expect(await state()).toEqual(before);
  });
});

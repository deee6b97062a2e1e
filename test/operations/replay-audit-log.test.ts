import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Replay, replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { adminModel, adminStart, randomAttempt } from '../support/random-admin.ts';
import { seededRandom } from '../support/seeded-random.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(postern(), adminModel);
  await write(postern(), adminStart);
});

afterAll(() => owner.end());

const operations = [
  ...[
    'grantRole',
    'revokeRole',
    'transferRole',
    'extendGrant',
    'offboardSubject',
    'retireObject',
    'writeRelationships',
  ],
  'activateModel',
];
const attempts = Number(process.env.TEST_ADMIN_OPERATIONS ?? 3000);
const writers = 4;

test(`after ${attempts} operations of ${writers} admins at once, the log is sound and says what the store holds`, async () => {
  const outcomes = new Map<string, number>();
  const admin = async (seed: number) => {
    const random = seededRandom(seed);
    for (let turn = 0; turn < attempts / writers; turn++) {
      const { name, run } = randomAttempt(random);
      const outcome = `${name} ${(await run(postern())).ok ? 'done' : 'refused'}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => admin(index + 1)));
  // Every kind happened often enough to mean something.
  for (const name of operations) {
    for (const outcome of ['done', 'refused']) {
      expect
        .soft([name, outcome, (outcomes.get(`${name} ${outcome}`) ?? 0) >= attempts / 400])
        .toEqual([name, outcome, true]);
    }
  }
  const head = await postern().store.audit.head();
  expect(head.length).toBeGreaterThan(attempts / 3);
  expect(await verifyAuditLog(postern().store.audit, { anchor: head })).toEqual({ ok: true, value: head });
  const replay = await replayAuditLog(postern().store.audit);
  expect(replay).toMatchObject({ events: head.length, differences: 0, examples: [] });
  expect(replay.relationships).toBeGreaterThan(30);
}, 300_000);

/** Of the relationship that every change is made to. */
const chosen = 'team:replayed#lead@user:chosen';
const isChosen = (sql: Sql) =>
  sql`object = (select id from object where name = 'replayed') and subject = (select id from object where name = 'chosen')`;

test.each<[what: string, change: (sql: Sql) => Promise<unknown>, sentence: string]>([
  [
    'deleted',
    (sql) => sql`delete from relationship where ${isChosen(sql)}`,
    `"${chosen}" is in the log, and not in the store.`,
  ],
  [
    'copied to another subject',
    (sql) => sql`
      insert into relationship
      select object, relation, (select id from object where name = '0' and type = subject_type), subject_type, condition, context,
        expires_at, created_at, created_by, revision
      from relationship where ${isChosen(sql)}`,
    '"team:replayed#lead@user:0" is in the store, and not in the log.',
  ],
  ...[
    ['created_at', `created_at + interval '1 microsecond'`],
    ['created_by', `'user:0'`],
    ['starts_at', `timestamptz '2100-01-01'`],
    ['expires_at', `timestamptz '2100-01-01'`],
    ['condition', "(select number from term where kind = 'condition')"],
    ['context', `'{}'::jsonb`],
  ].map(([column = '', value = '']): [string, (sql: Sql) => Promise<unknown>, string] => [
    `given another ${column}`,
    (sql) => sql`update relationship set ${sql(column)} = ${sql.unsafe(value)} where ${isChosen(sql)}`,
    `"${chosen}" is {`,
  ]),
])('a relationship that was %s behind the log is found', async (_what, change, sentence) => {
  await write(postern(), [chosen]);
  await change(owner);
  const replay: Replay = await replayAuditLog(postern().store.audit);
  expect(replay.differences).toBe(1);
  expect(replay.examples[0]).toContain(sentence);
  await owner`delete from relationship where object = (select id from object where name = 'replayed')`;
});

test('a stored value for what only a request says is named, whether it is in the log or not', async () => {
  await write(postern(), [chosen]);
  await owner`update relationship set context = ${owner.json({ current_time: 'soon', hour: 1 })} where ${isChosen(owner)}`;
  const options = { runtimeParameters: new Set(['current_time', 'territory']) };
  const { overwriting } = await replayAuditLog(postern().store.audit, options);
  expect(overwriting).toEqual({ count: 1, examples: [`"${chosen}": "current_time"`] });
  await owner`delete from relationship where object = (select id from object where name = 'replayed')`;
});

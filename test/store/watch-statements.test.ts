import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import { watchStatements } from '../../src/store/postgres/watch-statements.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore, type PostgresStore } from '../support/open-store.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { operator, publish, write } from '../support/postern.ts';

const database = useDatabase();
let store: PostgresStore;
const begun: string[] = [];
const ended: (readonly [kind: string, rows: number | undefined])[] = [];
const sent: string[] = [];

const watch = {
  begin: (kind: string) => {
    begun.push(kind);
    return ({ rows }: { rows: number | undefined }) => ended.push([kind, rows]);
  },
};

beforeAll(async () => {
  const onStatement = (text: string) => sent.push(text);
  store = openStore(database(), { connections: 2, statementTimeoutMs: 10_000, watch, onStatement }, localParser);
  await publish(
    postern(),
    dsl({ user: {}, doc: { viewer: '[user]', can_view: 'viewer', can_manage_access: '[user]' } }),
  );
});

afterAll(() => store.close());

beforeEach(() => {
  for (const list of [begun, ended, sent]) list.length = 0;
});

const report = (_message: string, error: unknown) => {
  throw error;
};
const postern = () => ({ store, platform: object('platform:main'), report });

test('every statement is seen once, with its end, and nothing else is', async () => {
  await write(postern(), ['doc:1#viewer@user:ann', 'doc:2#viewer@user:bob']);
  const role = { relationship: relationship('doc:1#can_manage_access@user:ann'), reason: undefined };
  expect((await grantRole(postern(), operator, { ...role, idempotency: undefined })).ok).toBe(true);
  await store.readRelationships({}, 10, undefined);
  await store.audit.head();
  await store.audit.scan((scan) => scan.looseEnds());
  await store.ping();
  await store.upkeep.removeChanges(1e12);
  await store.reader.withSnapshot([object('doc:1')], (snapshot) => snapshot.resolve([object('doc:1')]));
  const own = sent.filter((text) => !/^(begin|rollback)/.test(text));
  expect(begun).toHaveLength(own.length);
  expect(ended.map(([kind]) => kind).toSorted()).toEqual(begun.toSorted());
  expect(ended.every(([, rows]) => rows !== undefined)).toBe(true);
  expect([...new Set(begun)].toSorted()).toEqual([
    ...['audit', 'commit', 'models', 'ready', 'relationships', 'snapshot', 'upkeep', 'write'],
  ]);
});

test('one that fails says so, and so does whoever sent it', async () => {
  const connection = await openConnection(database(), { statementTimeoutMs: 10_000 });
  const sql = watchStatements(connection.sql, 'audit', watch);
  await expect(sql`select 1 / 0`).rejects.toThrow('division by zero');
  await expect(sql.unsafe('select 1 / 0').values()).rejects.toThrow('division by zero');
  const part = sql`where n > 1`;
  expect(await sql`select * from generate_series(1, 3) ${sql('n')} ${part}`).toHaveLength(2);
  await sql`select 1`.catch(() => undefined);
  expect(ended).toEqual([
    ['audit', undefined],
    ['audit', undefined],
    ['audit', 2],
    ['audit', 1],
  ]);
  await connection.close();
});

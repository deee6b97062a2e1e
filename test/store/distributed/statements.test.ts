import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/store/postgres/connect.ts';
import { UnpreparedDatabase } from '../../../src/store/postgres/inspect-database.ts';
import { UnusableSession } from '../../../src/store/postgres/inspect-session.ts';
import { openStore } from '../../../src/store/postgres/open-store.ts';
import { citusRefusals } from '../../support/citus-refusals.ts';
import { useDatabase } from '../../support/database.ts';
import { localParser } from '../../support/local-parser.ts';

/** What Citus refuses, and that nobody asks a server in a dialect that it does not speak. */

const database = useDatabase();
const options = { connections: 1, statementTimeoutMs: 10_000 };

describe('a statement that Citus does not take is found', () => {
  test.each([
    [
      'a recursive part',
      'with recursive held as (select subject from relationship where object = $1) select * from held',
    ],
    [
      'a lateral join',
      'select e.subject from unnest($1::int8[]) q (object) cross join lateral (select * from relationship r where r.object = q.object) e',
    ],
    ['an offset', 'select e.object from (select object from relationship where object = $1 offset 0) e'],
    ['the place of a row', 'delete from relationship where ctid = any($1::tid[])'],
    ['a part that writes', 'with gone as (delete from relationship where object = $1 returning *) select * from gone'],
    ['a lock of rows', 'select object from relationship where object = $1 for update'],
    ['a window', 'select object, row_number() over (order by object) from relationship where object = $1'],
    [
      'a union',
      'select object from relationship where object = $1 union all select object from relationship where object = $2',
    ],
    ['a subquery', 'select (select count(*) from relationship where object = $1)'],
    [
      'an outer join',
      'select e.object from relationship e left join object on object.id = e.object where e.object = $1',
    ],
    [
      'a clock of whoever is asked',
      'select object from relationship where object = $1 and expires_at > statement_timestamp()',
    ],
    [
      'tables on one server beside it',
      'select e.object from relationship e join term on term.number = e.relation where e.object = $1',
    ],
    ['two shared tables', 'select e.object from relationship e join object o on o.id = e.object where e.object = $1'],
    ['rows to insert that are selected', 'insert into relationship (object) select * from unnest($1::int8[])'],
    ['a parameter of no type in what is written', 'insert into object (type, name) values ($1::int2, $2)'],
    [
      'a conflict without the column that rows are shared out by',
      'insert into relationship (object) values ($1::int8) on conflict (relation) do nothing',
    ],
    [
      'a change of the column that rows are shared out by',
      'update relationship set object = $1::int8 where object = $2::int8',
    ],
    [
      'a list beside a join with it',
      'select e.object from unnest($1::int8[]) q (object) join relationship e on e.object = q.object where e.object = any($2::int8[])',
    ],
    [
      'a list of relationships of no object and no subject, in no order',
      'select object from relationship where relation = $1',
    ],
  ])('%s', (what, text) => {
    expect(citusRefusals(text)).toContain(what);
  });

  test('and one that it takes is not', () => {
    for (const text of [
      'select e.object from unnest($1::int8[]) q (object) join relationship e on e.object = q.object',
      'select revision from store for update',
      'select kind, number, name from term',
      '(select name from object where type = $1 limit 5) union all (select name from object where type = $2 limit 5)',
    ]) {
      expect(citusRefusals(text)).toEqual([]);
    }
  });
});

describe('a session', () => {
  test.each([
    ['PostgreSQL, with plans that fit every question', {}, 'force_generic_plan'],
    ['Citus, with a plan for each question', { playsCitus: true }, 'force_custom_plan'],
  ])('that speaks %s', async (_what, spoken, mode) => {
    const connection = await openConnection(database(), { ...options, ...spoken });
    expect(await connection.sql`select current_setting('plan_cache_mode') as mode`).toEqual([{ mode }]);
    await connection.close();
  });

  test('is not used where the server speaks another dialect than it was inspected for', async () => {
    const store = openStore(database(), { ...options, dialect: 'citus' }, localParser);
    await expect(store.ping()).rejects.toBeInstanceOf(UnusableSession);
    await store.close();
  });
});

test('standbys are of one server only', () => {
  const open = () => openStore(database(), { ...options, dialect: 'citus', standbys: [database()] }, localParser);
  expect(open).toThrow(UnpreparedDatabase);
});

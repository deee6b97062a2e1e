import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxExaminedRelationships } from '../../src/store/postgres/read-relationships.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const database = useDatabase();
const server = usePosternServer(database, { store: office });
let owner: Sql;

/** So many viewers that a page ends among them, and a relationship of another relation before and behind them. */
beforeAll(async () => {
  owner = connectAsOwner(database(), 1);
  await owner`
    insert into object (type, name)
    select number, 'many' from term where kind = 'type' and name = 'folder'`;
  await owner`
    insert into relationship (object, relation, subject, subject_type, revision)
    select object.id, relation.number, 1000000 + n, type.number, 1
    from generate_series(1, ${maxExaminedRelationships}::int) n, object, term relation, term type
    where object.name = 'many' and relation.name = 'viewer' and type.kind = 'type' and type.name = 'user'`;
  await owner`
    insert into object (id, type, name) overriding system value
    select 1000000 + n, number, 'viewer' || n from generate_series(1, ${maxExaminedRelationships}::int) n, term
    where kind = 'type' and term.name = 'user'`;
  await owner`alter table object alter id restart 2000000`;
  const writes = [
    { object: 'document:late', relation: 'folder', subject: 'folder:many' },
    { object: 'platform:main', relation: 'operator', subject: 'service:other' },
  ];
  const mutation = 'mutation ($input: WriteRelationshipsInput!) { writeRelationships(input: $input) { written } }';
  const { data } = await server().ask(mutation, { as: 'service:ops', variables: { input: { writes } } });
  expect(data).toEqual({ writeRelationships: { written: 2 } });
}, 60_000);

afterAll(() => owner.end());

const query = `query ($filter: AccessRelationshipFilter, $after: String) {
  accessRelationships(filter: $filter, after: $after) {
    edges { node { object } } pageInfo { hasNextPage hasPreviousPage endCursor } isCutShort
  }
}`;

interface Answer {
  readonly accessRelationships: { readonly pageInfo: { readonly endCursor: string | null } };
}

const ask = (variables: object, as = 'service:ops') => server().ask(query, { as, variables: { ...variables } });
const pageOf = async (variables: object) => ((await ask(variables)).data as Answer).accessRelationships;

test('a page is cut short when too much was looked at, and its end is where to go on', async () => {
  const filter = { relation: 'folder' };
  const page = await pageOf({ filter });
  expect(page).toEqual({
    edges: [{ node: { object: 'document:1' } }],
    pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: expect.any(String) },
    isCutShort: true,
  });
  expect(await pageOf({ filter, after: page.pageInfo.endCursor })).toEqual({
    edges: [{ node: { object: 'document:late' } }],
    pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: expect.any(String) },
    isCutShort: false,
  });
});

test('the end of a page is good for the same asker and the same filter only', async () => {
  const same = { relation: 'folder' };
  const { pageInfo } = await pageOf({ filter: same });
  expect(codesOf(await ask({ filter: same, after: pageInfo.endCursor }))).toEqual([]);
  expect(codesOf(await ask({ filter: same, after: pageInfo.endCursor }, 'service:other'))).toEqual(['BAD_USER_INPUT']);
  for (const filter of [null, { relation: 'viewer' }, { relation: 'folder', objectType: 'document' }]) {
    expect(codesOf(await ask({ filter, after: pageInfo.endCursor }))).toEqual(['BAD_USER_INPUT']);
  }
});

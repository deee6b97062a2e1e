import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const entities = { folder: { name: 'Binder', key: 'code', label: 'title' }, platform: false };
const server = usePosternServer(useDatabase(), {
  store: office,
  environment: { POSTERN_ENTITIES: JSON.stringify(entities) },
});

const query = `query ($objects: [ObjectRef!]!) { accessEntities(objects: $objects) {
  __typename ... on Binder { code permissions { canEdit } } ... on Document { id } } }`;
const ask = (objects: readonly string[], as?: string) =>
  server().ask(query, { ...(as !== undefined && { as }), variables: { objects } });

test('objects are the entities that the configuration says, in their order, and others are null', async () => {
  const objects = ['document:1', 'folder:plans', 'user:mia', 'platform:main', 'folder:not-there', 'folder:plans'];
  expect((await ask(objects, 'user:mia')).data).toEqual({
    accessEntities: [
      { __typename: 'Document', id: '1' },
      { __typename: 'Binder', code: 'plans', permissions: { canEdit: true } },
      null,
      null,
      { __typename: 'Binder', code: 'not-there', permissions: { canEdit: false } },
      { __typename: 'Binder', code: 'plans', permissions: { canEdit: true } },
    ],
  });
});

test('a type that there is not is an error at its place, and the others answer', async () => {
  const answer = await ask(['foldr:plans', 'document:1'], 'user:mia');
  expect(answer.data).toEqual({ accessEntities: [null, { __typename: 'Document', id: '1' }] });
  expect(answer.errors.map(({ message, path }) => [message, path])).toEqual([
    ['Unknown type "foldr". Did you mean "folder"?', ['accessEntities', 0]],
  ]);
  expect(codesOf(answer)).toEqual(['UNKNOWN_TYPE']);
});

test('at most 100 at once, and for nobody without a token', async () => {
  const many = Array.from({ length: 101 }, (_, index) => `document:${index}`);
  expect(codesOf(await ask(many, 'user:mia'))).toEqual(['BAD_USER_INPUT']);
  expect((await ask(many.slice(1), 'user:mia')).errors).toEqual([]);
  expect(codesOf(await ask(['document:1']))).toEqual(['UNAUTHENTICATED']);
});

test('the types say how their entities are called, and by which field people know them', async () => {
  const { data } = await server().ask('{ accessEntityTypes { type name key label permissions } }', { as: 'user:mia' });
  expect(data).toEqual({
    accessEntityTypes: [
      { type: 'team', name: 'Team', key: 'id', label: null, permissions: ['can_manage_access'] },
      {
        ...{ type: 'folder', name: 'Binder', key: 'code', label: 'title' },
        permissions: ['can_view', 'can_edit', 'can_manage_access', 'can_grant_admin'],
      },
      { type: 'document', name: 'Document', key: 'id', label: null, permissions: ['can_edit'] },
    ],
  });
});

import { composeServices } from '@apollo/composition';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { guardSchema, linkSDL, type PosternClient, requiresPermissionSDL } from '#guard';

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective", "@shareable"])';
const read = '@requiresPermission(permission: "can_read", object: "track:{$this.id}")';
const onShelf = '@requiresPermission(permission: "can_read", object: "track:{$this.track.id}")';

const client: PosternClient = {
  decide: async (checks, token) => checks.map(() => ({ kind: token === 'ann' ? 'allowed' : 'denied' })),
};

/** A subgraph whose key goes through another type, and one that joins by it. */
async function start(onTrack: string, onType = '') {
  const shelf = { name: 'S', track: { id: '1', title: 'T', album: { id: '5', title: 'A' } } };
  const texts = {
    shelves: `${federation} ${linkSDL} ${requiresPermissionSDL} type Query { shelves: [Shelf] }
      type Shelf @key(fields: "track { id album { id } }") ${onType} { track: Track! @shareable name: String _entities: Int }
      type Track ${onTrack} { id: ID! @shareable album: Album @shareable title: String }
      type Album { id: ID! @shareable title: String }`,
    sales: `${federation} type Query { n: Int }
      type Shelf @key(fields: "track { id album { id } }") { track: Track! @shareable sold: Int }
      type Track { id: ID! @shareable album: Album @shareable } type Album { id: ID! @shareable }`,
  };
  const documents = { shelves: parse(texts.shelves), sales: parse(texts.sales) };
  const resolvers = {
    shelves: { Query: { shelves: () => [{ ...shelf, _entities: 3 }] } },
    sales: {
      Shelf: {
        __resolveReference: ({ track }: { track: { id: string } }) => ({ track, sold: track.id === '1' ? 7 : null }),
      },
    },
  };
  const guarded = guardSchema<{ token: string }>(
    buildSubgraphSchema([{ typeDefs: documents.shelves, resolvers: resolvers.shelves }]),
    { client, authorization: ({ token }) => token },
  );
  const schemas = new Map([
    ['shelves', guarded],
    ['sales', buildSubgraphSchema([{ typeDefs: documents.sales, resolvers: resolvers.sales }])],
  ]);
  const services = Object.entries(documents).map(([name, typeDefs]) => ({
    name,
    url: `http://${name}.test`,
    typeDefs,
  }));
  const { supergraphSdl = '', errors } = composeServices(services);
  expect(errors).toBeUndefined();
  const buildService = ({ name }: { readonly name: string }) =>
    new LocalGraphQLDataSource(schemas.get(name) ?? guarded);
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, buildService }) });
  await server.start();
  return async (query: string, token: string) => {
    const { body } = await server.executeOperation({ query }, { contextValue: { token } });
    return body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult.data)) : undefined;
  };
}

test('a guard on a type spares what is in the key of another', async () => {
  const ask = await start(read);
  for (const token of ['ann', 'bob']) {
    expect(await ask('{ shelves { name sold } }', token)).toEqual({ shelves: [{ name: 'S', sold: 7 }] });
    expect(await ask('{ shelves { track { id album { id } } } }', token)).toEqual({
      shelves: [{ track: { id: '1', album: { id: '5' } } }],
    });
  }
  expect(await ask('{ shelves { track { id title } } }', 'ann')).toEqual({
    shelves: [{ track: { id: '1', title: 'T' } }],
  });
  expect(await ask('{ shelves { track { id title } } }', 'bob')).toEqual({
    shelves: [{ track: { id: '1', title: null } }],
  });
});

test.each([
  '{ shelves { track { album { title } } } }',
  '{ shelves { track { album { id ...F } } } } fragment F on Album { title }',
  '{ shelves { track { a: album { id ... on Album { t: title } } } } }',
  '{ shelves { track { album { id } b: album { title } } } }',
])('of an object in a key, it spares the key and nothing else: %s', async (query) => {
  const ask = await start(read);
  expect(JSON.stringify(await ask(query, 'ann'))).toContain('"A"');
  expect(JSON.stringify(await ask(query, 'bob'))).not.toContain('"A"');
});

test('a guard on the entity itself spares its key and nothing below it, whatever its fields are called', async () => {
  const ask = await start('', onShelf);
  expect(await ask('{ shelves { sold } }', 'bob')).toEqual({ shelves: [{ sold: 7 }] });
  expect(await ask('{ shelves { name _entities } }', 'bob')).toEqual({ shelves: [{ name: null, _entities: null }] });
  expect(await ask('{ shelves { name _entities } }', 'ann')).toEqual({ shelves: [{ name: 'S', _entities: 3 }] });
  expect(await ask('{ shelves { track { title } } }', 'bob')).toEqual({ shelves: [null] });
  expect(await ask('{ shelves { track { album { title } } } }', 'bob')).toEqual({ shelves: [null] });
  expect(await ask('{ shelves { track { title } } }', 'ann')).toEqual({ shelves: [{ track: { title: 'T' } }] });
});

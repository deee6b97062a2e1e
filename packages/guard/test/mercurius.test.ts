import Fastify from 'fastify';
import mercurius, { type MercuriusOptions } from 'mercurius';
import { expect, test } from 'vitest';
import { guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const see = '@requiresPermission(permission: "can_see")';
const typeDefs = `
type Query { tracks: [Track] }
type Track @key(fields: "id") { id: ID! secret: Int ${see} label: Label sleeve: Int ${see.replace(')', ', object: "label:{$this.label.id}")')} }
type Label { id: ID! }
`;
const query = '{ tracks { secret sleeve } }';

/** What a server answers, one caller after the other. */
async function answers(options: MercuriusOptions) {
  const client = recordingClient((_check, token) => token === 'ann');
  const data = () => [
    { id: '1', secret: 42, sleeve: 42, label: { id: '7' } },
    { id: '2', secret: 42, sleeve: 42 },
  ];
  const app = Fastify();
  app.register(mercurius, {
    schema: guard(subgraph(typeDefs, { Query: { tracks: data } }), client),
    context: ({ headers }) => ({ token: headers.authorization }),
    ...options,
  });
  await app.ready();
  const told = [];
  for (const authorization of ['ann', 'bob', 'ann']) {
    const { body } = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization },
      payload: { query },
    });
    told.push(JSON.parse(body).data.tracks[0]);
  }
  await app.close();
  return { told, calls: client.calls.length };
}

const allowed = { secret: 42, sleeve: 42 };
const denied = { secret: null, sleeve: null };
const secrets = async (queries: readonly unknown[]) => queries.map(() => 42);

test.each<readonly [string, MercuriusOptions]>([
  ['as it is', {}],
  ['with loaders in place of guards', { loaders: { Track: { secret: secrets, sleeve: secrets } } }],
  [
    'with loaders that remember',
    { loaders: { Track: { secret: { loader: secrets, opts: { cache: true } } } }, cache: true },
  ],
  [
    'with a loader on the way of $this',
    { loaders: { Track: { label: async (asked) => asked.map(() => ({ id: '7' })) } } },
  ],
  ['with resolvers in place of guards', { resolvers: { Track: { secret: () => 42 } } }],
  ['compiled', { jit: 1 }],
  ['compiled, with loaders', { jit: 1, loaders: { Track: { secret: secrets, sleeve: secrets } } }],
])('Mercurius %s', async (_name, options) => {
  const { told, calls } = await answers(options);
  expect(told).toEqual([allowed, denied, allowed]);
  expect(calls).toBe(3);
});

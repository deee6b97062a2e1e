import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import responseCache from '@apollo/server-plugin-response-cache';
import { useResponseCache } from '@graphql-yoga/plugin-response-cache';
import type { GraphQLResolveInfo } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { expect, test } from 'vitest';
import { type Context, guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const see = '@requiresPermission(permission: "can_see")';
const public60 = '@cacheControl(maxAge: 60)';

/** Every cache that can be asked for by text: on a field, on its type, above both. */
const typeDefs = `
enum CacheControlScope { PUBLIC PRIVATE }
directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
type Query {
  track(id: ID!): Track ${public60}
  tracks: [Track!] ${public60}
  media: [Media] ${public60}
  results: [Result] ${public60}
  mine: [Track] ${public60} @requiresPermission(permission: "can_see", onDeny: "FILTER")
  figures: Int ${public60} @requiresPermission(permission: "can_see", object: "track:1", onDeny: "NULL")
  work: Work
}
interface Media ${public60} { title: String }
union Result ${public60} = Track | Work
type Track implements Media @key(fields: "id") ${public60} {
  id: ID!
  title: String
  secret: Int ${see} ${public60}
  quiet: Int @requiresPermission(permission: "can_see", onDeny: "NULL")
  hinted: Int ${see}
  inner: Track ${public60}
}
type Work implements Media @key(fields: "id") ${public60} ${see} { id: ID! title: String }
`;

const one = { __typename: 'Track', id: '1', title: 'One', secret: 42, quiet: 42 };
const resolvers = {
  Query: {
    track: () => one,
    tracks: () => [one],
    media: () => [one],
    results: () => [one],
    mine: () => [one],
    figures: () => 42,
    work: () => ({ id: '1', title: '42' }),
  },
  Track: {
    __resolveReference: () => one,
    inner: () => one,
    hinted: (_source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
      const { cacheControl } = info as GraphQLResolveInfo & { cacheControl: { setCacheHint(hint: object): void } };
      cacheControl.setCacheHint({ maxAge: 60, scope: 'PUBLIC' });
      return 42;
    },
  },
};

/** Asks one server with a cache for everybody, caller by caller. */
async function askInTurn(query: string, tokens: readonly (string | undefined)[]) {
  const client = recordingClient((_check, token) =>
    token === 'ann' ? true : token === undefined ? 'unauthenticated' : false,
  );
  const server = new ApolloServer<Context>({
    schema: guard(subgraph(typeDefs, resolvers as never), client),
    plugins: [responseCache(), ApolloServerPluginInlineTraceDisabled()],
    includeStacktraceInErrorResponses: false,
  });
  await server.start();
  const answers = [];
  for (const token of tokens) {
    const headers = new HeaderMap([['content-type', 'application/json']]);
    const { headers: sent, body } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query } },
      context: async () => (token === undefined ? {} : { token }),
    });
    answers.push([sent.get('cache-control'), body.kind === 'complete' && body.string.includes('42')]);
  }
  await server.stop();
  return answers;
}

test.each([
  '{ track(id: 1) { secret } }',
  '{ t: track(id: 1) { s: secret title } }',
  '{ tracks { ...F } } fragment F on Track { secret }',
  '{ media { ... on Track { secret } } }',
  '{ results { ... on Track { secret } } }',
  '{ mine { id } t: track(id: 1) { secret } }',
  '{ track(id: 1) { quiet } }',
  '{ track(id: 1) { hinted } }',
  '{ track(id: 1) { inner { inner { secret } } } }',
  '{ figures }',
  '{ work { title } }',
  '{ _entities(representations: [{ __typename: "Track", id: "1" }]) { ... on Track { secret } } }',
])('what a guard lets through is in no cache: %s', async (query) => {
  expect(await askInTurn(query, ['ann', 'bob', undefined, 'ann'])).toEqual([
    ['no-store', true],
    ['no-store', false],
    ['no-store', false],
    ['no-store', true],
  ]);
});

test('what a guard refuses is in no cache either', async () => {
  for (const query of ['{ track(id: 1) { quiet } }', '{ figures }', '{ track(id: 1) { secret } }']) {
    expect(await askInTurn(query, ['bob', 'ann'])).toEqual([
      ['no-store', false],
      ['no-store', true],
    ]);
  }
});

test('a filtered list is in no cache', async () => {
  expect(await askInTurn('{ mine { title } }', ['ann', 'bob'])).toEqual([
    ['no-store', false],
    ['no-store', false],
  ]);
});

test('what nobody guards is still cached for everybody', async () => {
  const [first, second] = await askInTurn('{ track(id: 1) { title } }', ['bob', undefined]);
  expect([first?.[0], second?.[0]]).toEqual(['max-age=60, public', 'max-age=60, public']);
});

test('a cache of Yoga keeps callers apart by the session that the docs name', async () => {
  const client = recordingClient((_check, token) => token === 'ann');
  const yoga = createYoga({
    schema: guard(subgraph(typeDefs, resolvers as never), client),
    logging: false,
    plugins: [useResponseCache({ session: (request) => request.headers.get('authorization') })],
    context: ({ request }) => ({ token: request.headers.get('authorization') }),
  });
  for (const [token, isTold] of [
    ['ann', true],
    ['bob', false],
    ['', false],
  ] as const) {
    const headers = { 'content-type': 'application/json', authorization: token };
    const body = JSON.stringify({ query: '{ track(id: 1) { quiet } }' });
    const answer = await yoga.fetch('http://subgraph/graphql', { method: 'POST', headers, body });
    expect([token, (await answer.text()).includes('42')]).toEqual([token, isTold]);
  }
});

import { graphql } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createPosternClient, guardSchema } from '../src/index.ts';
import { answerOf, subgraph } from './support/guarded-subgraph.ts';
import { decisions } from './support/misbehaving-server.ts';
import { recordingClient } from './support/recording-client.ts';

const guarded = '@requiresPermission(permission: "can_edit", object: "track:{$args.id}")';
const typeDefs = `
type Query { contract(id: ID!): Int ${guarded} }
type Mutation { sign(id: ID!): Int ${guarded} }
`;

interface Context {
  readonly header: unknown;
}

/** What Postern was asked with about a field of an operation, whose request has this header. */
async function askedWith(operation: 'query' | 'mutation', header: unknown): Promise<unknown> {
  const client = recordingClient(() => true);
  const schema = subgraph(typeDefs, { Query: { contract: () => 1 }, Mutation: { sign: () => 1 } });
  guardSchema<Context>(schema, {
    client,
    authorization: () => 'Bearer ann',
    consistency: ({ header: given }) => {
      if (given instanceof Error) throw given;
      return given as string;
    },
  });
  const source = operation === 'query' ? '{ contract(id: 1) }' : 'mutation { sign(id: 1) }';
  const answer = answerOf(await graphql({ schema, source, contextValue: { header } }));
  expect(answer.errors).toEqual([]);
  return client.calls.map(({ consistency }) => consistency);
}

describe('Postern is asked for', () => {
  test.each<[header: unknown, query: string | undefined, mutation: string]>([
    [undefined, undefined, 'fully-consistent'],
    [null, undefined, 'fully-consistent'],
    // A client does not choose the past.
    ['minimize-latency', undefined, 'fully-consistent'],
    ['fully-consistent', 'fully-consistent', 'fully-consistent'],
    ['dG9rZW4', 'dG9rZW4', 'fully-consistent,dG9rZW4'],
    ['dG9rZW4, minimize-latency', 'dG9rZW4', 'fully-consistent,dG9rZW4'],
    ['fully-consistent, dG9rZW4', 'fully-consistent,dG9rZW4', 'fully-consistent,dG9rZW4'],
    ['', undefined, 'fully-consistent'],
    // Nobody knows what was asked for: a state that misses nothing has it in any case.
    [7, 'fully-consistent', 'fully-consistent'],
    [new Error('The context is of another kind.'), 'fully-consistent', 'fully-consistent'],
  ])('%j', async (header, query, mutation) => {
    expect(await askedWith('query', header)).toEqual([query]);
    expect(await askedWith('mutation', header)).toEqual([mutation]);
  });
});

test('a schema without the option says so for mutations alone', async () => {
  const client = recordingClient(() => true);
  const schema = subgraph(typeDefs, { Query: { contract: () => 1 }, Mutation: { sign: () => 1 } });
  guardSchema(schema, { client, authorization: () => 'Bearer ann' });
  for (const source of ['{ contract(id: 1) }', 'mutation { sign(id: 1) }']) await graphql({ schema, source });
  expect(client.calls.map(({ consistency }) => consistency)).toEqual([undefined, 'fully-consistent']);
});

describe('the client', () => {
  const checks = [{ permission: 'can_edit', object: 'track:1' }];

  test('sends it as a header, and none without it', async () => {
    const sent: (string | null)[] = [];
    const client = createPosternClient({
      url: 'http://postern/graphql',
      fetch: async (_url, { headers }) => {
        sent.push(new Headers(headers).get('postern-consistency'));
        return new Response(JSON.stringify(decisions({ allowed: true, error: null })), {
          headers: { 'content-type': 'application/json' },
        });
      },
    });
    for (const consistency of [undefined, 'dG9rZW4']) await client.decide(checks, 'Bearer ann', consistency);
    expect(sent).toEqual([null, 'dG9rZW4']);
  });

  test('asks nothing that it cannot say, and tells why', async () => {
    const told: string[] = [];
    const client = createPosternClient({
      url: 'http://postern/graphql',
      fetch: () => Promise.reject(new Error('Nobody is asked.')),
      onProblem: (message) => told.push(message),
    });
    const [decision] = await client.decide(checks, 'Bearer ann', 'a\nb');
    expect([decision?.kind, told]).toEqual([
      'undecided',
      ['Postern is not asked: the header "postern-consistency" is none that can be sent.'],
    ]);
  });
});

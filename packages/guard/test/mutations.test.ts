import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { normalizedExecutor } from '@graphql-tools/executor';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { answerOf, type Context, guard, subgraph } from './support/guarded-subgraph.ts';
import { type RecordingClient, recordingClient } from './support/recording-client.ts';

const edit = (object: string) => `@requiresPermission(permission: "can_edit", object: "${object}")`;
const byId = edit('track:{$args.id}');

/** A change at every place where one can stand: at the root, in namespaces, on entities, by methods of objects. */
const typeDefs = `
type Query { track: Track }
type Mutation { giveAway(id: ID!): Track ${byId} track: TrackMutations! deep: Deep plain(id: ID!): Track }
type Deep { deeper: Deeper }
type Deeper { track: TrackMutations method(id: ID!): Track ${byId} }
type TrackMutations { giveAway(id: ID!): Track ${byId} failing(id: ID!): Track ${byId} open(id: ID!): Track }
type Track @key(fields: "id") { id: ID! contract: String ${edit('track:{$this.id}')} give: Track slow: Slow }
type Slow { track: Track }
`;

interface World {
  readonly schema: GraphQLSchema;
  readonly client: RecordingClient;
}

/** Whoever gives the track away may not edit it any more. */
function world(): World {
  let isOwner = true;
  const track = { id: '1', contract: 'the text', slow: async () => ({ track: { id: '1', contract: 'the text' } }) };
  const giveAway = () => {
    isOwner = false;
    return track;
  };
  const client = recordingClient(() => isOwner);
  const failing = () => {
    isOwner = false;
    throw new Error('It failed after it was done.');
  };
  const schema = subgraph(typeDefs, {
    Mutation: {
      giveAway,
      plain: () => track,
      track: () => ({}),
      deep: () => ({ deeper: { track: {}, method: giveAway } }),
    },
    TrackMutations: { giveAway, failing, open: giveAway },
    Track: { give: giveAway },
  });
  return { schema: guard(schema, client), client };
}

const contextValue = { token: 'Bearer ann' };
const executors: Readonly<Record<string, (schema: GraphQLSchema, source: string) => Promise<unknown>>> = {
  'graphql-js': async (schema, source) => answerOf(await graphql({ schema, source, contextValue })).data,
  'Apollo Server': async (schema, query) => {
    const server = new ApolloServer<Context>({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
    const { body } = await server.executeOperation({ query }, { contextValue });
    await server.stop();
    return body.kind === 'single' && answerOf(body.singleResult as never).data;
  },
  "Yoga's executor": async (schema, source) =>
    answerOf((await normalizedExecutor({ schema, document: parse(source), contextValue })) as never).data,
};

describe.each(Object.entries(executors))('%s', (_name, run) => {
  test.each([
    ['mutation { giveAway(id: 1) { id contract } }', { giveAway: { id: '1', contract: null } }],
    ['mutation { track { giveAway(id: 1) { id contract } } }', { track: { giveAway: { id: '1', contract: null } } }],
    ['mutation { track { open(id: 1) { contract } } }', { track: { open: { contract: null } } }],
    [
      'mutation { deep { deeper { track { giveAway(id: 1) { contract } } } } }',
      { deep: { deeper: { track: { giveAway: { contract: null } } } } },
    ],
    [
      'mutation { deep { deeper { method(id: 1) { contract } } } }',
      { deep: { deeper: { method: { contract: null } } } },
    ],
    ['mutation { plain(id: 1) { give { contract } } }', { plain: { give: { contract: null } } }],
    [
      'mutation { a: plain(id: 1) { contract } b: track { giveAway(id: 1) { contract } } c: plain(id: 1) { contract } }',
      { a: { contract: 'the text' }, b: { giveAway: { contract: null } }, c: { contract: null } },
    ],
    [
      'mutation { a: track { failing(id: 1) { id } } b: plain(id: 1) { contract } }',
      { a: { failing: null }, b: { contract: null } },
    ],
    [
      'mutation { a: plain(id: 1) { contract } b: track { giveAway(id: 1) { slow { track { contract } } } } }',
      { a: { contract: 'the text' }, b: { giveAway: { slow: { track: { contract: null } } } } },
    ],
  ])('%s', async (source, data) => {
    expect(await run(world().schema, source)).toEqual(data);
  });

  test('each change and its result are one call each', async () => {
    const { schema, client } = world();
    await run(schema, 'mutation { track { giveAway(id: 1) { a: contract b: contract } } }');
    expect(client.calls.map(({ checks }) => checks.length)).toEqual([1, 1]);
  });
});

test('a query asks for each thing once, however often and late it comes up', async () => {
  const client = recordingClient(() => true);
  const track = { id: '1', contract: 'x', slow: async () => ({ track: { id: '1', contract: 'x' } }) };
  const schema = guard(subgraph(typeDefs, { Query: { track: () => track } }), client);
  await graphql({ schema, source: '{ track { contract slow { track { contract } } } }', contextValue });
  expect(client.calls).toHaveLength(1);
});

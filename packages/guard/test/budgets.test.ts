import { setTimeout as later, setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLSchema, graphql } from 'graphql';
import { expect, test } from 'vitest';
import type { PosternClient } from '../src/index.ts';
import { answerOf, ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const see = (object: string) => `@requiresPermission(permission: "can_see", object: "${object}")`;
const typeDefs = `
type Query { parents: [Parent] list(ids: [ID]): Int ${see('track:{$args.ids}')} one(id: ID): Int ${see('track:{$args.id}')} }
type Mutation { one(id: ID): Int ${see('track:{$args.id}')} }
type Parent { track: Track }
type Track @key(fields: "id") { id: ID! secret: Int ${see('track:{$this.id}')} }
`;

function schemaWith(
  client: ReturnType<typeof recordingClient>,
  wait: (index: number) => Promise<unknown>,
): GraphQLSchema {
  const parents = Array.from({ length: 50 }, (_, index) => ({
    track: async () => {
      await wait(index);
      return { id: `${index}`, secret: 42 };
    },
  }));
  return guard(
    subgraph(typeDefs, { Query: { parents: () => parents, list: () => 1, one: () => 1 }, Mutation: { one: () => 1 } }),
    client,
  );
}

const rest = () => Promise.resolve();

test.each<readonly [string, (index: number) => Promise<unknown>]>([
  ['at once', rest],
  [
    'one microtask after the other',
    async (index) => {
      for (let turn = 0; turn < index; turn++) await undefined;
    },
  ],
  [
    'one tick of the process after the other',
    async (index) => {
      for (let turn = 0; turn < index; turn++) await new Promise((resolve) => process.nextTick(resolve));
    },
  ],
  [
    'one turn of the event loop after the other',
    async (index) => {
      for (let turn = 0; turn < index; turn++) await nextTurn();
    },
  ],
  [
    'by timers that end together',
    (index) => {
      const timer = later(5);
      // The last parent holds the thread until all timers are over, so that one turn ends them all on any machine.
      if (index === 49) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      return timer;
    },
  ],
])('a page of 50 whose parents are loaded %s is one call', async (_name, wait) => {
  const client = recordingClient(() => true);
  const { errors } = await ask(schemaWith(client, wait), '{ parents { track { secret } } }');
  expect([errors, client.calls.map(({ checks }) => checks.length)]).toEqual([[], [50]]);
});

test('one operation asks for 10,000 things, and what is beyond is refused', async () => {
  const client = recordingClient(() => true);
  const ids = (alias: number) => Array.from({ length: 1000 }, (_, index) => `${alias}-${index}`);
  const aliases = Array.from({ length: 60 }, (_, alias) => `a${alias}: list(ids: $v${alias})`);
  const variables = Object.fromEntries(aliases.map((_, alias) => [`v${alias}`, ids(alias)]));
  const source = `query (${aliases.map((_, alias) => `$v${alias}: [ID]`)}) { ${aliases.join(' ')} }`;
  const { data, errors } = await ask(schemaWith(client, rest), source, { variables });
  expect(client.calls.map(({ checks }) => checks.length)).toEqual(Array.from({ length: 10 }, () => 1000));
  expect(Object.values(data as object).filter((value) => value === 1)).toHaveLength(10);
  // The first is refused object by object, which takes it longer.
  expect(errors.toSorted()).toEqual(aliases.slice(10).map((_, alias) => `BAD_USER_INPUT a${alias + 10}`));
});

test('one operation makes two calls at once, and the others wait for them', async () => {
  let [running, most] = [0, 0];
  const client: PosternClient = {
    decide: async (checks) => {
      running += 1;
      most = Math.max(most, running);
      await nextTurn();
      running -= 1;
      return checks.map(() => ({ kind: 'allowed' }));
    },
  };
  const schema = guard(subgraph(typeDefs, { Query: { list: () => 1 } }), client);
  const aliases = Array.from({ length: 10 }, (_, alias) => `a${alias}: list(ids: $v${alias})`);
  const ids = (alias: number) => Array.from({ length: 1000 }, (_, index) => `${alias}-${index}`);
  const variables = Object.fromEntries(aliases.map((_, alias) => [`v${alias}`, ids(alias)]));
  const source = `query (${aliases.map((_, alias) => `$v${alias}: [ID]`)}) { ${aliases.join(' ')} }`;
  const answer = await ask(schema, source, { variables });
  expect([answer.errors, Object.values(answer.data as object), most]).toEqual([[], Array(10).fill(1), 2]);
});

test('the same 1,000 things under 60 names are asked for once', async () => {
  const client = recordingClient(() => true);
  const ids = Array.from({ length: 1000 }, (_, index) => `${index}`);
  const aliases = Array.from({ length: 60 }, (_, alias) => `a${alias}: list(ids: $ids)`);
  const { errors } = await ask(schemaWith(client, rest), `query ($ids: [ID]) { ${aliases} }`, { variables: { ids } });
  expect([errors, client.calls.length]).toEqual([[], 1]);
});

test('one operation makes 100 calls, and what is beyond is refused without running', async () => {
  const client = recordingClient(() => true);
  const fields = Array.from({ length: 120 }, (_, index) => `a${index}: one(id: ${index})`);
  const schema = schemaWith(client, rest);
  const answer = await graphql({ schema, source: `mutation { ${fields} }`, contextValue: { token: 'Bearer ann' } });
  expect(client.calls).toHaveLength(100);
  expect(answerOf(answer).errors).toEqual(fields.slice(100).map((_, index) => `BAD_USER_INPUT a${index + 100}`));
  expect(answer.errors?.[0]?.message).toBe(
    'One operation can need at most 100 questions about permissions; ask for less at once.',
  );
});

test('objects that are named again and again cost time, and so are counted too', async () => {
  const schema = guard(
    subgraph(
      'type Query { f(ids: [ID!]!): Int @requiresPermission(permission: "can_see", object: "track:{$args.ids}") }',
      { Query: { f: () => 42 } },
    ),
    recordingClient(() => true),
  );
  const fields = Array.from({ length: 110 }, (_, index) => `a${index}: f(ids: $ids)`);
  const variables = { ids: Array.from({ length: 1000 }, (_, id) => `${id}`) };
  const { data, errors } = await ask(schema, `query ($ids: [ID!]!) { ${fields.join(' ')} }`, { variables });
  expect(Object.values(data as object).filter((value) => value === 42)).toHaveLength(100);
  expect(errors.map((error) => error.split(' ')[0])).toEqual(Array(10).fill('BAD_USER_INPUT'));
});

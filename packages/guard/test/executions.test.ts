import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { expect, test } from 'vitest';
import { guardSchema, type PosternClient } from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { answerOf, ask, type Context, guard } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

/** Runs a query for the caller of a token. */
type Executor = (schema: GraphQLSchema, source: string, context: Context) => Promise<unknown>;

const executors: Readonly<Record<string, Executor>> = {
  'graphql-js': async (schema, source, contextValue) =>
    answerOf(await execute({ schema, document: parse(source), contextValue })),
  'Apollo Server': async (schema, source, contextValue) => {
    const server = new ApolloServer<Context>({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
    const { body } = await server.executeOperation({ query: source }, { contextValue });
    await server.stop();
    return body.kind === 'single' ? answerOf(body.singleResult as never) : undefined;
  },
  Yoga: async (schema, source, context) => {
    const yoga = createYoga({ schema, context: () => context, logging: false, maskedErrors: false });
    const response = await yoga.fetch('http://yoga/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: source }),
    });
    return answerOf((await response.json()) as never);
  },
};

const page = '{ tracks { title } track(id: 1) { royalties } }';
const onlyAnn: Parameters<typeof recordingClient>[0] = (_check, authorization) => authorization === 'Bearer ann';

test.each(Object.entries(executors))('%s: one call for a page', async (_name, run) => {
  const client = recordingClient(onlyAnn);
  const schema = guard(catalog(), client);
  const source = '{ a: track(id: 1) { royalties contract } b: track(id: 1) { royalties } figures }';
  expect(await run(schema, source, { token: 'Bearer ann' })).toMatchObject({ errors: [] });
  expect(client.calls.map(({ checks }) => checks.length)).toEqual([4]);
});

test.each(Object.entries(executors))('%s: a context that two callers share shares no answer', async (_name, run) => {
  const client = recordingClient(onlyAnn);
  const schema = guard(catalog(), client);
  const shared: { token?: string } = { token: 'Bearer ann' };
  expect(await run(schema, page, shared)).toMatchObject({ errors: [] });
  shared.token = 'Bearer bob';
  expect(await run(schema, page, shared)).toMatchObject({ errors: ['FORBIDDEN track.royalties'] });
  delete shared.token;
  expect(await run(schema, page, shared)).toMatchObject({ errors: ['UNAUTHENTICATED track.royalties'] });
  expect(client.calls.map(({ authorization }) => authorization)).toEqual(['Bearer ann', 'Bearer bob']);
});

test.each(Object.entries(executors))('%s: two callers at once on one context', async (_name, run) => {
  const client = recordingClient(onlyAnn);
  let turn = 0;
  const schema = guardSchema(catalog(), {
    client,
    authorization: () => (turn++ % 2 === 0 ? 'Bearer ann' : 'Bearer bob'),
  });
  const context = {};
  const answers = await Promise.all([run(schema, page, context), run(schema, page, context)]);
  expect(answers).toContainEqual(expect.objectContaining({ errors: [] }));
  expect(answers).toContainEqual(expect.objectContaining({ errors: ['FORBIDDEN track.royalties'] }));
});

test.each(Object.entries(executors))('%s: the same request again is asked again', async (_name, run) => {
  let allowed = true;
  const client = recordingClient(() => allowed);
  const schema = guard(catalog(), client);
  const context = { token: 'Bearer ann' };
  expect(await run(schema, page, context)).toMatchObject({ errors: [] });
  allowed = false;
  expect(await run(schema, page, context)).toMatchObject({ errors: ['FORBIDDEN track.royalties'] });
});

test.each(Object.entries(executors))('%s: a denied mutation never runs', async (_name, run) => {
  const ran: string[] = [];
  const schema = guard(
    catalog(ran),
    recordingClient(() => false),
  );
  const source = 'mutation { rename(id: 1, title: "x") { id } }';
  expect(await run(schema, source, { token: 'Bearer ann' })).toMatchObject({ errors: ['FORBIDDEN rename'] });
  expect(ran).toEqual([]);
});

test.each(Object.entries(executors))('%s: mutations in series', async (_name, run) => {
  const ran: string[] = [];
  // Whoever touches loses the right to edit track 1, and whoever fails gets it back.
  const client = recordingClient(() => ran.at(-1) !== 'touch');
  const schema = guard(catalog(ran), client);
  const source = `mutation {
    first: rename(id: 1) { royalties } touch second: rename(id: 1) { royalties }
    failing third: rename(id: 1) { royalties }
  }`;
  expect(await run(schema, source, { token: 'Bearer ann' })).toEqual({
    data: { first: { royalties: 10 }, touch: 2, second: null, failing: null, third: { royalties: 10 } },
    errors: ['FORBIDDEN second', expect.stringContaining('failing')],
  });
  expect(ran).toEqual(['rename 1', 'touch', 'failing', 'rename 1']);
});

test('the references of entities are still resolved', async () => {
  const schema = guard(
    catalog(),
    recordingClient(() => true),
  );
  const source = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track { title } } _service { sdl } }';
  const { data } = await ask(schema, source, { variables: { r: [{ __typename: 'Track', id: '2' }] } });
  expect(data).toMatchObject({
    _entities: [{ title: 'Two' }],
    _service: { sdl: expect.stringContaining('royalties: Int @requiresPermission(permission: "can_view_royalties")') },
  });
});

test('more than 1,000 checks are several calls', async () => {
  const client = recordingClient(() => true);
  const schema = guard(catalog(), client);
  const representations = Array.from({ length: 1500 }, (_, index) => ({ __typename: 'Track', id: `${index}` }));
  const source = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track { royalties } } }';
  await ask(schema, source, { variables: { r: representations } });
  expect(client.calls.map(({ checks }) => checks.length)).toEqual([1000, 500]);
});

test('an id that names no object spoils no batch', async () => {
  const client: PosternClient & { readonly calls: readonly { readonly checks: readonly string[] }[] } = recordingClient(
    () => true,
  );
  const schema = guard(catalog(), client);
  const impossible = [
    '',
    '*',
    'a:b',
    'a#b',
    'a b',
    'a\n',
    'a\u0000',
    'a\u200b',
    '\ud800',
    'e\u0301',
    'x'.repeat(257),
    'é'.repeat(129),
  ];
  const possible = ['1', 'é', 'x'.repeat(256), 'a/b', '$x', '{}'];
  const fields = [...impossible, ...possible].map((_, index) => `f${index}: report(id: $v${index})`);
  const variables = Object.fromEntries([...impossible, ...possible].map((id, index) => [`v${index}`, id]));
  const source = `query (${Object.keys(variables).map((name) => `$${name}: ID`)}) { ${fields.join(' ')} }`;
  const { errors } = await ask(schema, source, { variables });
  expect(errors).toEqual(impossible.map((_, index) => `FORBIDDEN f${index}`));
  expect(client.calls.map(({ checks }) => checks)).toEqual([possible.map((id) => `report:${id}#can_read`)]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, isObjectType, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkSDL, requiresPermissionSDL } from '#guard/directive';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { FetchSeal } from '../../src/server/coprocessor/foreign/sealed-fetch.ts';
import { useDatabase } from '../support/database.ts';
import { codesOf, onDatabase, type PosternServer, startPosternServer } from '../support/postern-server.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type platform
    relations
      define admin: [user]
      define can_rank: admin
  type track
    relations
      define owner: [user, user with in_hours]
      define can_edit: owner
      define can_see_royalties: owner
  condition in_hours(hour: int) { hour < 12 }
tuples:
  - { user: user:ann, relation: owner, object: track:1 }
  - { user: user:ann, relation: owner, object: track:2, condition: { name: in_hours } }
  - { user: user:ann, relation: admin, object: platform:main }
`;

const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  ${linkSDL} ${requiresPermissionSDL}`;

const music = `${head}
  type Query {
    track(id: ID!): Track @requiresPermission(permission: "can_edit", object: "track:{$args.id}")
    tracks(by: Rank = TITLE): [Track!]!
    some: [Track] @requiresPermission(permission: "can_edit", onDeny: "FILTER")
    mine: [Track!]! @requiresPermission(permission: "can_edit", onDeny: "FILTER")
    media: [Media]
    top: Track!
  }
  type Mutation {
    rename(id: ID!, title: String): Track @requiresPermission(permission: "can_edit", object: "track:{$args.id}")
    must(id: ID!): Track! @requiresPermission(permission: "can_edit", object: "track:{$args.id}")
    touch(price: Int @requiresPermission(permission: "can_rank", object: "platform:main")): Int
    track: TrackMutations
  }
  type TrackMutations { rename(id: ID!): Track @requiresPermission(permission: "can_edit", object: "track:{$args.id}") }
  type Subscription { plays: Track }
  enum Rank { TITLE ROYALTIES @requiresPermission(permission: "can_rank", object: "platform:main") }
  interface Media { id: ID! title: String }
  type Track implements Media @key(fields: "id") {
    id: ID!
    title: String
    royalties: Int @requiresPermission(permission: "can_see_royalties")
    quiet: Int @requiresPermission(permission: "can_see_royalties", onDeny: "NULL")
    must: Int! @requiresPermission(permission: "can_see_royalties")
    like: [Track!]
  }
  type Episode implements Media { id: ID! title: String }`;

const plain = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { hello: Int } type Track @key(fields: "id") { id: ID! size: Int }`;

const composed = composeSupergraph([
  { name: 'music-java', url: 'http://127.0.0.1:1/', sdl: music },
  { name: 'plain', url: 'http://127.0.0.1:1/', sdl: plain },
]);
const sdl = composed.ok ? composed.supergraphSdl : '';
const secret = 'a-secret-that-only-the-router-knows';

const databaseUrl = useDatabase();
let folder: string;
let server: PosternServer;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-foreign-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, sdl);
  environment = {
    ...onDatabase,
    POSTERN_COPROCESSOR_SECRET: secret,
    POSTERN_SUPERGRAPH_FILE: file,
    POSTERN_FOREIGN_SUBGRAPHS: 'music-java',
  };
  server = await startPosternServer({ databaseUrl: databaseUrl(), store, environment });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A server of another language: it answers everybody, and tells what it has run. */
class Subgraph {
  readonly ran: string[] = [];
  readonly schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(music), resolvers: this.#resolvers() }]);

  constructor() {
    const mutations = ['Mutation', 'TrackMutations'].map((name) => this.schema.getType(name)).filter(isObjectType);
    for (const field of mutations.flatMap((type) => Object.values(type.getFields()))) {
      const resolve = field.resolve;
      field.resolve = (...call) => {
        this.ran.push(field.name);
        return resolve?.(...call) ?? null;
      };
    }
  }

  async answer(query: string, variables: Readonly<Record<string, unknown>>): Promise<object> {
    const document = parse(query);
    expect(validate(this.schema, document)).toEqual([]);
    return JSON.parse(JSON.stringify(await execute({ schema: this.schema, document, variableValues: variables })));
  }

  #resolvers() {
    const track = ({ id }: { readonly id: string }) => trackOf(id);
    const all = () => ['1', '2', '3'].map(trackOf);
    return {
      Query: {
        track: (_: unknown, args: { id: string }) => track(args),
        tracks: all,
        mine: all,
        some: () => [trackOf('1'), trackOf('3')],
        media: () => [...all(), null, { id: 'e', title: 'An episode' }],
        top: () => trackOf('3'),
      },
      Mutation: {
        rename: (_: unknown, args: { id: string }) => track(args),
        must: (_: unknown, args: { id: string }) => track(args),
        touch: () => 1,
        track: () => ({}),
      },
      TrackMutations: { rename: (_: unknown, args: { id: string }) => track(args) },
      Media: { __resolveType: ({ id }: { id: string }) => (id === 'e' ? 'Episode' : 'Track') },
      Track: { __resolveReference: track, like: () => [trackOf('1'), trackOf('3')] },
    };
  }
}

function trackOf(id: string) {
  return { id, title: `Title ${id}`, royalties: 900 + Number(id), quiet: 800 + Number(id), must: 700 + Number(id) };
}

interface Fetch {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly extensions?: object;
}

interface Message {
  readonly [name: string]: unknown;
  readonly body?: { readonly query: string; readonly variables: Record<string, unknown>; readonly extensions?: object };
  readonly context?: { readonly entries: Readonly<Record<string, unknown>> };
}

const requestId = '1b19c05fdafc521016df33148ad63c1b';
let fetches = 0;

/** As Apollo Router asks before a fetch, told to do so as docs/gateways.md tells it. */
function requestMessage(body: Fetch, headers: object, more: object = {}) {
  fetches += 1;
  return {
    version: 1,
    stage: 'SubgraphRequest',
    control: 'continue',
    id: requestId,
    subgraphRequestId: `fetch-${fetches}`,
    serviceName: 'music-java',
    headers: { 'content-type': ['application/json'], ...headers },
    body: { ...body, extensions: body.extensions ?? {} },
    context: { entries: {} },
    method: 'POST',
    uri: 'http://music.example/graphql',
    ...more,
  };
}

/** As it asks after the fetch, with all that others have put into the context. */
function responseMessage(asked: ReturnType<typeof requestMessage>, told: Message, body: unknown, more: object = {}) {
  return {
    version: 1,
    stage: 'SubgraphResponse',
    control: 'continue',
    id: requestId,
    subgraphRequestId: asked.subgraphRequestId,
    serviceName: asked.serviceName,
    headers: { 'content-type': ['application/json'], 'Cache-Control': ['max-age=60'], 'x-trace': ['1'] },
    body,
    context: { entries: { 'apollo::supergraph::operation_kind': 'query', ...told.context?.entries } },
    statusCode: 200,
    ...more,
  };
}

function send(message: unknown) {
  return server.send('/coprocessor', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(message),
  });
}

async function told(message: object): Promise<Message> {
  const { status, text } = await send(message);
  expect(status, text).toBe(200);
  return JSON.parse(text) as Message;
}

async function as(subject: string | undefined) {
  return subject === undefined ? {} : { authorization: [`Bearer ${await server.token(subject)}`] };
}

interface Through {
  readonly data: unknown;
  readonly errors: readonly (readonly [path: string, code: unknown])[];
  readonly ran: readonly string[];
  readonly text: string;
}

/** A fetch as a router makes it: asked before, sent, and asked after. */
async function through(
  subject: string | undefined,
  fetch: Fetch,
  change = (body: object): unknown => body,
): Promise<Through> {
  const subgraph = new Subgraph();
  const asked = requestMessage(fetch, await as(subject));
  const before = await told(asked);
  if (before.control !== 'continue') return { ...read(before.body), ran: subgraph.ran };
  const { query, variables } = before.body ?? asked.body;
  const answer = await subgraph.answer(query, variables ?? {});
  const after = await told(responseMessage(asked, before, change(answer)));
  expect(after.control).toBe('continue');
  return { ...read(after.body ?? answer), ran: subgraph.ran };
}

function read(body: unknown) {
  const { data, errors = [] } = body as {
    data: unknown;
    errors?: { path?: unknown[]; extensions?: { code?: unknown } }[];
  };
  const places = errors.map(({ path = [], extensions }) => [path.join('.'), extensions?.code] as const);
  return { data, errors: places, text: JSON.stringify(body) };
}

const entities = (selection: string, ...ids: string[]): Fetch => ({
  query: `query Name($representations: [_Any!]!) { _entities(representations: $representations) { ... on Track { ${selection} } } }`,
  operationName: 'Name',
  variables: { representations: ids.map((id) => ({ __typename: 'Track', id })) },
});

const forbidden = (...paths: string[]) => paths.map((path) => [path, 'FORBIDDEN'] as const);

const fetched: readonly (readonly [string, string | undefined, Fetch, unknown, Through['errors']])[] = [
  ['what has no guard, for nobody', undefined, entities('title', '1'), { _entities: [{ title: 'Title 1' }] }, []],
  [
    'an entity’s field, of each object its own',
    'user:ann',
    entities('royalties', '1', '3', '1'),
    { _entities: [{ royalties: 901 }, { royalties: null }, { royalties: 901 }] },
    forbidden('_entities.1.royalties'),
  ],
  [
    'the same of nobody',
    undefined,
    entities('title royalties', '1'),
    { _entities: [{ title: 'Title 1', royalties: null }] },
    [['_entities.0.royalties', 'UNAUTHENTICATED']],
  ],
  [
    'what is undecided',
    'user:ann',
    entities('royalties', '2'),
    { _entities: [{ royalties: null }] },
    [['_entities.0.royalties', 'AUTHORIZATION_UNAVAILABLE']],
  ],
  ['what is null without an error', 'user:bob', entities('quiet', '1'), { _entities: [{ quiet: null }] }, []],
  [
    'what must not be null, and takes its object with it',
    'user:bob',
    entities('title must', '1'),
    { _entities: [null] },
    forbidden('_entities.0.must'),
  ],
  [
    'aliases, also over the key',
    'user:ann',
    entities('id: title a: royalties b: id __typename: title', '3'),
    { _entities: [{ id: 'Title 3', a: null, b: '3', __typename: 'Title 3' }] },
    forbidden('_entities.0.a'),
  ],
  [
    'fragments on an interface, with nulls in the list',
    'user:ann',
    { query: '{ media { kind: __typename ...F } } fragment F on Media { title ... on Track { royalties } }' },
    {
      media: [
        { kind: 'Track', title: 'Title 1', royalties: 901 },
        { kind: 'Track', title: 'Title 2', royalties: null },
        { kind: 'Track', title: 'Title 3', royalties: null },
        null,
        { kind: 'Episode', title: 'An episode' },
      ],
    },
    [
      ['media.1.royalties', 'AUTHORIZATION_UNAVAILABLE'],
      ['media.2.royalties', 'FORBIDDEN'],
    ],
  ],
  [
    'what a variable includes, and what one skips',
    'user:bob',
    {
      query: 'query ($yes: Boolean!) { tracks { a: royalties @skip(if: $yes) b: royalties @include(if: $yes) } }',
      variables: { yes: true },
    },
    { tracks: [{ b: null }, { b: null }, { b: null }] },
    forbidden('tracks.0.b', 'tracks.1.b', 'tracks.2.b'),
  ],
  [
    'lists in lists',
    'user:ann',
    entities('like { royalties }', '3'),
    { _entities: [{ like: [{ royalties: 901 }, { royalties: null }] }] },
    forbidden('_entities.0.like.1.royalties'),
  ],
  ['items that are left out', 'user:bob', { query: '{ mine { id } }' }, { mine: [] }, []],
  [
    'items that nobody can decide about',
    'user:ann',
    { query: '{ mine { id } }' },
    null,
    [['mine', 'AUTHORIZATION_UNAVAILABLE']],
  ],
  [
    'an argument of a query, which is not asked for',
    'user:bob',
    { query: '{ track(id: "1") { title } tracks { id } }' },
    { track: null, tracks: [{ id: '1' }, { id: '2' }, { id: '3' }] },
    forbidden('track'),
  ],
  [
    'a value of an enum in a variable',
    'user:bob',
    { query: 'query ($by: Rank) { tracks(by: $by) { id } media { id } }', variables: { by: 'ROYALTIES' } },
    null,
    forbidden('tracks'),
  ],
  ['null where nothing may be', 'user:bob', { query: '{ top { must } }' }, null, forbidden('top.must')],
  [
    'a subscription, whose events nobody could guard',
    'user:ann',
    { query: 'subscription { plays { royalties } }' },
    null,
    [['', 'AUTHORIZATION_UNAVAILABLE']],
  ],
];

test.each(fetched)('a fetch of %s', async (_what, subject, fetch, data, errors) => {
  const answer = await through(subject, fetch);
  expect([answer.data, answer.errors]).toEqual([data, errors]);
  expect(answer.text).not.toContain('_postern_');
});

const rename = (id: string) => `rename(id: "${id}") { id }`;
test.each<readonly [string, string, string, readonly string[], Through['errors']]>([
  ['that is allowed', 'user:ann', rename('1'), ['rename'], []],
  ['that is denied', 'user:bob', rename('1'), [], forbidden('rename')],
  ['that is denied beside another', 'user:bob', `touch ${rename('1')}`, ['touch'], forbidden('rename')],
  ['that must not be null, with another after it', 'user:bob', 'must(id: "1") { id } touch', [], forbidden('must')],
  ['with another before it', 'user:bob', 'touch must(id: "1") { id }', ['touch'], forbidden('must')],
  ['with something guarded that is given', 'user:bob', 'touch(price: 1)', [], forbidden('touch')],
  ['in a namespace', 'user:bob', `track { ${rename('1')} }`, ['track'], forbidden('track.rename')],
  ['in a namespace, that is allowed', 'user:ann', `track { ${rename('1')} }`, ['track', 'rename'], []],
])('of a mutation %s only what may be is run', async (_what, subject, selection, ran, errors) => {
  const answer = await through(subject, { query: `mutation { ${selection} }` });
  expect([answer.ran, answer.errors]).toEqual([ran, errors]);
});

describe('what is sent', () => {
  test('has nothing that is not used any more', async () => {
    const query =
      'mutation M($a: ID!, $t: String, $p: Int) { r: rename(id: $a, title: $t) { ...F } touch touched: touch(price: $p) } fragment F on Track { title }';
    const asked = requestMessage(
      {
        query,
        variables: { a: '1', t: 'x', p: 3 },
        operationName: 'M',
        extensions: { persistedQuery: { sha256Hash: 'x' }, other: 1 },
      },
      await as('user:bob'),
    );
    const { body } = await told(asked);
    expect(body?.variables).toEqual({});
    expect(body?.query).not.toMatch(/\$a|\$t|\$p|fragment|rename/);
    expect(body?.extensions).toEqual({ other: 1 });
  });

  test('tells nobody who asks, and nothing of it is in the context to be read', async () => {
    const asked = requestMessage(entities('royalties', '1'), await as('user:ann'));
    const { context } = await told(asked);
    const [token = ''] = (await as('user:ann')).authorization ?? [];
    expect(Object.keys(context?.entries ?? {})).toEqual([`postern::foreign::${asked.subgraphRequestId}`]);
    expect(JSON.stringify(context)).not.toContain(token.slice(7, 40));
    expect(JSON.stringify(context)).not.toContain('royalties');
  });

  test('is nothing else where nothing is guarded', async () => {
    expect((await told(requestMessage(entities('title', '1'), {}))).body).toBeUndefined();
  });

  test('is what it was for a subgraph that guards itself', async () => {
    const message = requestMessage({ query: '{ hello }' }, {}, { serviceName: 'plain', context: undefined });
    expect(await told(message)).toEqual({ version: 1, stage: 'SubgraphRequest', control: 'continue' });
    const answer = { ...message, stage: 'SubgraphResponse', body: { data: { hello: 1 } } };
    expect(await told(answer)).toEqual({ version: 1, stage: 'SubgraphResponse', control: 'continue' });
  });
});

test('no cache of a router keeps what was decided for one caller', async () => {
  const asked = requestMessage(entities('royalties', '1'), await as('user:ann'));
  const before = await told(asked);
  const answer = await new Subgraph().answer(before.body?.query ?? '', before.body?.variables ?? {});
  const after = await told(responseMessage(asked, before, answer));
  expect(after.headers).toEqual({
    'content-type': ['application/json'],
    'x-trace': ['1'],
    'cache-control': ['no-store'],
  });
  const refused = await told(requestMessage({ query: '{ track(id: "1") { id } }' }, await as('user:bob')));
  expect([refused.control, refused.headers]).toEqual([{ break: 200 }, { 'cache-control': ['no-store'] }]);
});

test('a page is one question, and as many statements as one object', async () => {
  const count = async (...ids: string[]) => {
    const asked = requestMessage(entities('royalties like { royalties must } quiet', ...ids), await as('user:ann'));
    const before = await told(asked);
    const answer = await new Subgraph().answer(before.body?.query ?? '', before.body?.variables ?? {});
    server.takeStatements();
    await told(responseMessage(asked, before, answer));
    return server.takeStatements().length;
  };
  await count('1');
  expect(await count('1')).toBe(1);
  expect(await count(...Array.from({ length: 200 }, (_, n) => String(n + 10)))).toBe(1);
});

type Body = { data: { _entities: Record<string, unknown>[] }; errors?: unknown };
const entity = (body: object) => (body as Body).data._entities[0] as Record<string, unknown>;
const failed = ['', 'AUTHORIZATION_UNAVAILABLE'] as const;
const nothing = { _entities: [{ title: 'Title 1', royalties: null }] };
const withError = (error: object) => (body: object) => {
  entity(body).title = null;
  return { ...body, errors: [error] };
};

test.each<readonly [string, (body: object) => unknown, unknown, Through['errors']]>([
  ['is no object', () => 'royalties 901', null, [failed]],
  ['is a list', (body) => [body], null, [failed]],
  ['has data that is text', () => ({ data: 'royalties 901' }), null, [failed]],
  ['has errors that are no list', (body) => ({ ...body, errors: 'royalties 901' }), null, [failed]],
  ['has no data', () => ({}), null, [['', 'SUBGRAPH_FAILED']]],
  ['has too many objects', (body) => ({ data: { _entities: [...(body as Body).data._entities, {}] } }), null, [failed]],
  ['has too few objects', () => ({ data: { _entities: [] } }), null, [failed]],
  [
    'does not say which object it is',
    (body) => {
      for (const key of Object.keys(entity(body))) if (key.startsWith('_postern_Track')) delete entity(body)[key];
      return body;
    },
    nothing,
    [['_entities.0.royalties', 'AUTHORIZATION_UNAVAILABLE']],
  ],
  [
    'does not say of which type it is',
    (body) => {
      delete entity(body)._postern_typename;
      return body;
    },
    { _entities: [null] },
    [['_entities.0', 'SUBGRAPH_FAILED']],
  ],
  [
    'says that it is another object',
    (body) => {
      entity(body)._postern_Track_id = '3';
      return body;
    },
    nothing,
    forbidden('_entities.0.royalties'),
  ],
  [
    'has more than it was asked',
    (body) => {
      entity(body).must = 701;
      return { ...body, extensions: { trace: 'royalties 901' } };
    },
    { _entities: [{ title: 'Title 1', royalties: 901 }] },
    [],
  ],
  [
    'has less than it was asked',
    (body) => {
      delete entity(body).title;
      return body;
    },
    { _entities: [{ title: null, royalties: 901 }] },
    [['_entities.0.title', 'SUBGRAPH_FAILED']],
  ],
  [
    'has an error where it has no value',
    withError({ message: 'No title.', path: ['_entities', 0, 'title'], extensions: { code: 'NO_TITLE' } }),
    { _entities: [{ title: null, royalties: 901 }] },
    [['_entities.0.title', 'NO_TITLE']],
  ],
  [
    'has an error without a place, which may say anything',
    withError({ message: 'It broke at royalties 901.', extensions: { code: 'IT_WAS_901' } }),
    { _entities: [{ title: null, royalties: 901 }] },
    [['', 'SUBGRAPH_FAILED']],
  ],
  [
    'has nothing but an error below what is guarded',
    () => ({ data: null, errors: [{ message: 'royalties 901', path: ['_entities', 0, 'royalties'] }] }),
    null,
    [['_entities.0.royalties', 'SUBGRAPH_FAILED']],
  ],
])('an answer that %s opens nothing', async (_what, change, data, errors) => {
  const answer = await through('user:ann', entities('title royalties', '1'), change);
  expect([answer.data, answer.errors]).toEqual([data, errors]);
  if (!JSON.stringify(data).includes('901')) expect(answer.text).not.toContain('901');
});

test.each<readonly [string, readonly (string | number)[], unknown, Through['errors']]>([
  ['itself', ['some', 0], { some: [null] }, [['some.0', 'BROKEN']]],
  // Whose item it was, nobody can say any more.
  ['by something in it', ['some', 0, 'id'], { some: null }, [['some', 'SUBGRAPH_FAILED']]],
])('an item of a list that is filtered, and failed %s', async (_what, path, data, errors) => {
  const change = (body: object) => {
    (body as { data: { some: unknown[] } }).data.some[0] = null;
    return { ...body, errors: [{ message: 'It broke.', path, extensions: { code: 'BROKEN' } }] };
  };
  const answer = await through('user:ann', { query: '{ some { id } }' }, change);
  expect([answer.data, answer.errors]).toEqual([data, errors]);
});

describe('a router that is told too little is refused, with what to tell it', () => {
  const good = () => requestMessage(entities('royalties', '1'), {});
  const without = (message: object, name: string) =>
    Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));

  test.each<readonly [string, () => object, RegExp]>([
    [
      'without the name of the subgraph',
      () => without(good(), 'serviceName'),
      /message\.serviceName is missing.*service_name/,
    ],
    [
      'without the name of the fetch',
      () => without(good(), 'subgraphRequestId'),
      /subgraphRequestId is missing.*subgraph_request_id/,
    ],
    ['without headers', () => without(good(), 'headers'), /headers is missing/],
    ['without a body', () => without(good(), 'body'), /body is missing.*coprocessor\.subgraph\.all\.request/],
    ['without a context', () => without(good(), 'context'), /context is missing.*selective: \["postern::foreign"\]/],
    [
      'with the whole context, of which its answer would delete the rest',
      () => ({ ...good(), context: { entries: { a: 1 } } }),
      /has "a".*selective/,
    ],
    ['of another version', () => ({ ...good(), version: 2 }), /only version 1/],
    [
      'of an answer whose fetch nobody was asked about',
      () => responseMessage(good(), {}, { data: null }),
      /"SubgraphRequest" was not asked.*context: all/,
    ],
  ])('%s', async (_what, message, problem) => {
    const answer = await send(message());
    expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_REQUEST']]);
    expect(answer.errors[0]?.message).toMatch(problem);
  });

  test('and so is what was sealed for another fetch, or by somebody else', async () => {
    const [mine, other] = [good(), good()];
    const { context } = await told(other);
    const [sealed] = Object.values(context?.entries ?? {});
    const open = new FetchSeal('another-secret-of-32-characters-x').seal({ ...mine, id: requestId }, { kind: 'open' });
    for (const value of [sealed, open, 'x', '']) {
      const entries = { [`postern::foreign::${mine.subgraphRequestId}`]: value };
      const answer = await send(responseMessage(mine, { context: { entries } }, { data: {} }));
      expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_REQUEST']]);
    }
  });
});

test('a server does not start with a foreign subgraph that the supergraph has not', async () => {
  const wrong = { ...environment, POSTERN_FOREIGN_SUBGRAPHS: 'music-jav' };
  await expect(startPosternServer({ databaseUrl: databaseUrl(), environment: wrong })).rejects.toThrow(
    'POSTERN_FOREIGN_SUBGRAPHS: The supergraph has no subgraph "music-jav".',
  );
});

describe('a subgraph that was not there at the start', () => {
  const asked = (serviceName: string) => send(requestMessage(entities('royalties', '1'), {}, { serviceName }));
  const replaceBy = (text: string) => writeFile(environment.POSTERN_SUPERGRAPH_FILE ?? '', text);
  const renamed = (from: string, to: string) => sdl.replaceAll(`name: "${from}"`, `name: "${to}"`);

  test('is refused when it may be a foreign one under another name, before and after the file has it', async () => {
    const before = await asked('Music-Java');
    expect([before.status, before.errors[0]?.message]).toEqual([
      400,
      expect.stringMatching(/no subgraph "Music-Java"/),
    ]);
    await replaceBy(renamed('music-java', 'Music-Java'));
    const after = await asked('Music-Java');
    expect([after.status, after.errors[0]?.message]).toEqual([
      400,
      expect.stringMatching(/may be what was "music-java"/),
    ]);
    expect((await asked('plain')).status).toBe(200);
    await replaceBy(sdl);
  });

  test('is left alone when all foreign ones are there beside it', async () => {
    await replaceBy(renamed('plain', 'simple'));
    expect((await asked('simple')).status).toBe(200);
    await replaceBy(sdl);
  });
});

test('two tokens are nobody’s', async () => {
  const [token = ''] = (await as('user:ann')).authorization ?? [];
  const asked = requestMessage({ query: '{ track(id: "1") { id } }' }, { authorization: [token, token] });
  expect(read((await told(asked)).body).errors).toEqual([['track', 'UNAUTHENTICATED']]);
});

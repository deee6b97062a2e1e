import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import responseCache from '@apollo/server-plugin-response-cache';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type CacheKeyOptions,
  createCacheKeys,
  createPosternClient,
  guardSchema,
  linkSDL,
  type PosternClient,
  requiresPermissionSDL,
} from '#guard';
import { allowOnly } from '#guard/testing';
import { useDatabase } from '../support/database.ts';
import { write } from '../support/postern.ts';
import { onDatabase, usePosternServer } from '../support/postern-server.ts';
import { seededRandom } from '../support/seeded-random.ts';

const store = `model: |
  model
    schema 1.1
  type user
  type agent
    relations
      define can_act_for: [user]
  type team
    relations
      define member: [user]
  type label
    relations
      define viewer: [user, team#member]
      define can_view_finance: viewer
  type track
    relations
      define owner: [user, team#member]
      define label: [label]
      define can_edit: owner
      define can_view_royalties: owner or can_view_finance from label
`;

const server = usePosternServer(useDatabase(), { store, environment: onDatabase });

const hint = '@cacheControl(maxAge: 60)';
const typeDefs = parse(`
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
${linkSDL}${requiresPermissionSDL}
enum CacheControlScope { PUBLIC PRIVATE }
directive @cacheControl(maxAge: Int, scope: CacheControlScope) on FIELD_DEFINITION | OBJECT
type Query {
  track(id: ID!): Track ${hint}
  tracks: [Track!]! ${hint}
  mine: [Track!]! @requiresPermission(permission: "can_edit", onDeny: "FILTER")
  figures(label: ID!): Int @requiresPermission(permission: "can_view_finance", object: "label:{$args.label}", onDeny: "NULL")
  me: String @cacheControl(maxAge: 60, scope: PRIVATE)
}
type Track @key(fields: "id") ${hint} {
  id: ID!
  title: String
  labelId: ID
  "Null for whom it is not."
  royalties: Int @requiresPermission(permission: "can_view_royalties", onDeny: "NULL")
  "An error for whom it is not."
  script: String @requiresPermission(permission: "can_edit")
  "What is asked hangs on what the track is."
  advance: Int @requiresPermission(permission: "can_view_finance", object: "label:{$this.labelId}", onDeny: "NULL")
  "One caller's own, though it is guarded: it is not said to be kept."
  notes: String @requiresPermission(permission: "can_edit", onDeny: "NULL")
  "One caller's own, by a hint that counts more than that it is said to be kept."
  own: String @requiresPermission(permission: "can_edit", onDeny: "NULL") @cacheControl(maxAge: 60, scope: PRIVATE)
  next: Track @requiresPermission(permission: "can_view_royalties", onDeny: "NULL")
}
type Mutation { rename(id: ID!): String @requiresPermission(permission: "can_edit", object: "track:{$args.id}") }
`);

interface Context {
  readonly token?: string | undefined;
  readonly consistency?: string | undefined;
}

/** What data waits for. */
let gate = Promise.resolve();

const ids = ['1', '2', '3', '4'];
const trackOf = (id: string) => ({
  ...{ id, title: `Track ${id}`, labelId: Number(id) % 2 === 0 ? 'even' : 'odd' },
  ...{ royalties: 1000 + Number(id), script: `script ${id}`, advance: 2000 + Number(id) },
});
const owner = (_source: unknown, _args: unknown, { token }: Context) => `of ${token}`;
const resolvers = {
  Query: {
    track: (_source: unknown, { id }: { id: string }) => trackOf(id),
    tracks: async () => {
      await gate;
      return ids.map(trackOf);
    },
    mine: () => ids.map(trackOf),
    figures: (_source: unknown, { label }: { label: string }) => label.length,
    me: owner,
  },
  Track: { notes: owner, own: owner, next: ({ id }: { id: string }) => trackOf(ids[Number(id) % ids.length] ?? '1') },
  Mutation: { rename: () => 'done' },
};

const keptSeconds: CacheKeyOptions['keptSeconds'] = {
  ...{ 'Query.mine': 60, 'Query.figures': 60, 'Track.royalties': 60, 'Track.script': 60 },
  ...{ 'Track.advance': 60, 'Track.next': 60, 'Track.own': 60 },
};

function build(client: PosternClient, cacheKeys?: ReturnType<typeof createCacheKeys>): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  return guardSchema<Context>(schema, {
    client,
    authorization: ({ token }) => token,
    consistency: ({ consistency }) => consistency,
    ...(cacheKeys && { cacheKeys }),
  });
}

interface Answered {
  readonly data: unknown;
  readonly codes: readonly unknown[];
  readonly isHit: boolean;
  readonly cacheControl: string | undefined;
}

interface Asked extends Context {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A subgraph with a cache of answers, as the documentation says to make one. */
class CachedSubgraph {
  readonly client: PosternClient;
  readonly #apollo: ApolloServer<Context>;
  calls = 0;
  /** Lets something happen when Postern has decided. */
  afterDecision: () => Promise<void> = async () => undefined;

  constructor(
    ask: PosternClient['decide'],
    { secret, cache }: { readonly secret?: string; readonly cache?: InMemoryLRUCache } = {},
  ) {
    this.client = {
      decide: async (...question) => {
        this.calls += 1;
        const decisions = await ask(...question);
        await this.afterDecision();
        return decisions;
      },
    };
    const cacheKeys = createCacheKeys({ keptSeconds, ...(secret && { secret }) });
    this.#apollo = new ApolloServer<Context>({
      schema: build(this.client, cacheKeys),
      plugins: [
        responseCache({
          ...(cache && { cache }),
          sessionId: async ({ contextValue }) => (contextValue as Context).token ?? null,
          extraCacheKeyData: cacheKeys.extraCacheKeyData,
        }),
        ApolloServerPluginInlineTraceDisabled(),
      ],
      allowBatchedHttpRequests: true,
      includeStacktraceInErrorResponses: false,
    });
  }

  start = () => this.#apollo.start();
  stop = () => this.#apollo.stop();

  async ask(query: string, { variables = {}, headers = {}, ...contextValue }: Asked = {}): Promise<Answered> {
    const { sent, text } = await this.#send({ query, variables }, headers, contextValue);
    return read(JSON.parse(text), sent);
  }

  /** All in one request, with one context. */
  async askBatch(queries: readonly string[], context: Context): Promise<readonly Answered[]> {
    const { sent, text } = await this.#send(
      queries.map((query) => ({ query })),
      {},
      context,
    );
    return (JSON.parse(text) as unknown[]).map((one) => read(one, sent));
  }

  async #send(body: unknown, more: Readonly<Record<string, string>>, contextValue: Context) {
    const headers = new HeaderMap([['content-type', 'application/json'], ...Object.entries(more)]);
    const answer = await this.#apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: async () => contextValue,
    });
    return { sent: answer.headers, text: answer.body.kind === 'complete' ? answer.body.string : '' };
  }
}

function read(answer: unknown, sent: HeaderMap): Answered {
  const { data, errors = [] } = answer as { data: unknown; errors?: { extensions: { code: unknown } }[] };
  const codes = errors.map(({ extensions }) => extensions.code);
  return { data, codes, isHit: sent.has('age'), cacheControl: sent.get('cache-control') };
}

/** The same, of a subgraph that keeps nothing. */
async function askUncached(schema: GraphQLSchema, query: string, { variables = {}, ...contextValue }: Asked) {
  const { data, errors = [] } = await graphql({ schema, source: query, variableValues: variables, contextValue });
  return { data: JSON.parse(JSON.stringify(data)), codes: errors.map(({ extensions }) => extensions.code) };
}

const told = ({ data, codes }: Answered) => ({ data, codes });
const page = '{ tracks { title royalties } }';

let cached: CachedSubgraph;
let uncached: GraphQLSchema;
let tokens: ReadonlyMap<string, string>;
const tokenOf = (name: string) => tokens.get(name);

beforeAll(async () => {
  const names = ['ann', 'bob', 'cleo', 'dave', 'eve'];
  const signed = names.map(async (name) => [name, `Bearer ${await server().token(`user:${name}`)}`] as const);
  const agent = async () => `Bearer ${await server().token('user:ann', 'agent:bot')}`;
  tokens = new Map([...(await Promise.all(signed)), ['agent', await agent()]]);
  const labels = ids.map((id) => `track:${id}#label@label:${trackOf(id).labelId}`);
  await write(server().running.postern, [...labels, 'label:odd#viewer@team:finance#member']);
});

beforeEach(async () => {
  const { decide } = createPosternClient({ url: new URL('/graphql', server().url).href, timeoutMs: 10_000 });
  cached = new CachedSubgraph(decide);
  uncached = build({ decide });
  await cached.start();
  return () => cached.stop();
});

const grant = (...texts: readonly string[]) => write(server().running.postern, texts);
const revoke = (...texts: readonly string[]) => write(server().running.postern, [], texts);

describe('callers of equal rights', () => {
  const both = ['team:finance#member@user:ann', 'team:finance#member@user:bob'];
  beforeEach(async () => {
    await grant(...both);
    return () => write(server().running.postern, [], ['team:finance#member@user:ann', 'team:finance#member@user:bob']);
  });

  test('share what is kept, and pay one question each; the first of them asks what it would ask anyway', async () => {
    const said = [];
    for (const [name, isHit] of [
      ['ann', false],
      ['ann', false],
      ['bob', true],
      ['ann', true],
      ['cleo', false],
      ['dave', true],
    ] as const) {
      const before = cached.calls;
      const answer = await cached.ask(page, { token: tokenOf(name) });
      said.push([name, answer.isHit, cached.calls - before]);
      expect(said.at(-1)).toEqual([name, isHit, 1]);
      expect(told(answer)).toEqual(await askUncached(uncached, page, { token: tokenOf(name) }));
    }
  });

  test('do not share it any more from a revocation on, and again after a grant', async () => {
    for (const name of ['ann', 'ann', 'bob']) await cached.ask(page, { token: tokenOf(name) });
    await revoke('team:finance#member@user:bob');
    const denied = await cached.ask(page, { token: tokenOf('bob') });
    expect([denied.isHit, JSON.stringify(denied.data).includes('1001')]).toEqual([false, false]);
    expect((await cached.ask(page, { token: tokenOf('ann') })).isHit).toBe(true);
    await grant('team:finance#member@user:bob');
    const again = await cached.ask(page, { token: tokenOf('bob') });
    expect([again.isHit, JSON.stringify(again.data).includes('1001')]).toEqual([true, true]);
  });

  test('share no more than what is said to be kept', async () => {
    await grant('track:1#owner@user:ann', 'track:1#owner@user:bob');
    for (const query of [
      '{ track(id: 1) { notes } }',
      '{ track(id: 1) { royalties notes } }',
      '{ track(id: 1) { royalties own } }',
      '{ me track(id: 1) { royalties } }',
    ]) {
      for (const name of ['ann', 'bob', 'ann', 'bob', 'bob']) {
        const answer = await cached.ask(query, { token: tokenOf(name) });
        expect(JSON.stringify(answer.data)).toContain(`of ${tokenOf(name)}`);
      }
    }
    await revoke('track:1#owner@user:ann', 'track:1#owner@user:bob');
  });

  test('an agent that acts for one of them shares with who may do as much as it', async () => {
    await grant('agent:bot#can_act_for@user:ann');
    for (const name of ['ann', 'ann', 'cleo', 'agent']) {
      const answer = await cached.ask(page, { token: tokenOf(name) });
      expect(told(answer)).toEqual(await askUncached(uncached, page, { token: tokenOf(name) }));
    }
    await revoke('agent:bot#can_act_for@user:ann');
  });

  test('no other cache is told to keep it', async () => {
    for (const name of ['ann', 'ann', 'ann', 'bob', 'dave', undefined]) {
      const answer = await cached.ask(page, { token: name && tokenOf(name) });
      expect(answer.cacheControl).toMatch(/^(private, )?no-store$/);
    }
    const open = await cached.ask('{ tracks { title } }');
    expect(open.cacheControl).toBe('max-age=60, public');
  });
});

/** Several ways to the same fields, with guards that are known from the text, from arguments, from what was found, and from each other. */
const operations = [
  page,
  'query ($id: ID!) { track(id: $id) { royalties } }',
  'query ($id: ID!) { track(id: $id) { title advance } }',
  'query ($id: ID!) { track(id: $id) { next { next { royalties advance } } } }',
  'query ($id: ID!, $more: Boolean = true) { track(id: $id) { ...F @include(if: $more) } } fragment F on Track { script }',
  'query ($id: ID!) { t: track(id: $id) { r: royalties } _entities(representations: [{ __typename: "Track", id: $id }]) { ... on Track { advance } } }',
  '{ mine { id royalties } }',
  'query ($label: ID!) { figures(label: $label) tracks { id } }',
  'query ($id: ID!) { track(id: $id) { notes } }',
  '{ me tracks { title } }',
  '{ tracks { id title } }',
];

const requests = Number(process.env.TEST_CACHE_REQUESTS ?? 1200);
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const people = ['ann', 'bob', 'cleo', 'dave', 'eve'];
const changing = people.flatMap((name) => [
  `team:finance#member@user:${name}`,
  `label:even#viewer@user:${name}`,
  `track:1#owner@user:${name}`,
  `track:2#owner@user:${name}`,
]);

/** What each of the callers may, as far as it was written: another way to the same rights than Postern's. */
function allowedTo(name: string | undefined, written: ReadonlySet<string>): readonly string[] {
  const has = (text: string) => written.has(`${text}@user:${name}`);
  const sees = (label: string | undefined) => (label === 'odd' ? has('team:finance#member') : has('label:even#viewer'));
  const ofTracks = ids.flatMap((id) => {
    const isOwner = has(`track:${id}#owner`);
    const edits = isOwner ? [`track:${id}#can_edit`] : [];
    return isOwner || sees(trackOf(id).labelId) ? [...edits, `track:${id}#can_view_royalties`] : edits;
  });
  return [...ofTracks, ...['odd', 'even'].filter(sees).map((label) => `label:${label}#can_view_finance`)];
}

/**
 * What may have been decided while states followed each other. Without a cache, what hangs on an answer is asked after it, of a later state;
 * an answer that is kept is of one of them.
 */
function rightsIn(
  name: string | undefined,
  states: readonly ReadonlySet<string>[],
  isOfOneState: boolean,
): readonly (readonly string[])[] {
  const each = states.map((state) => allowedTo(name, state));
  if (isOfOneState) return each;
  const always = (each[0] ?? []).filter((right) => each.every((rights) => rights.includes(right)));
  const sometimes = [...new Set(each.flat())].filter((right) => !always.includes(right));
  return Array.from({ length: 2 ** sometimes.length }, (_, chosen) => [
    ...always,
    ...sometimes.filter((_right, index) => (chosen >> index) % 2 === 1),
  ]);
}

const nobody = (): PosternClient => ({
  decide: async (checks) => checks.map(() => ({ kind: 'unauthenticated' })),
});

test(`no value crosses: ${requests} requests of several callers, with revocations in between (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const written = new Set<string>();
  /** One for each change: what was written from then on. */
  const states: ReadonlySet<string>[] = [new Set()];
  const asked = new Set<string>();
  const counted = { hits: 0, 'hits of what others asked': 0, changes: 0 };

  const change = async () => {
    const text = pick(changing);
    const isWritten = written.has(text);
    const next = new Set(written);
    if (isWritten) next.delete(text);
    else next.add(text);
    // From when it is sent on, it may be seen.
    states.push(next);
    await (isWritten ? revoke(text) : grant(text));
    if (isWritten) written.delete(text);
    else written.add(text);
    counted.changes += 1;
  };

  const request = async () => {
    const [query, name] = [pick(operations), pick([...people, undefined])];
    const variables = { id: pick(ids), label: pick(['odd', 'even', 'none']) };
    const consistency = pick([undefined, undefined, 'fully-consistent', 'minimize-latency']);
    const token = name && tokenOf(name);
    const first = states.length - 1;
    const answer = await cached.ask(query, { variables, token, consistency });
    const possible = [];
    for (const allowed of rightsIn(name, states.slice(first), answer.isHit)) {
      const client = name === undefined ? nobody() : allowOnly(allowed);
      possible.push(await askUncached(build(client), query, { variables, token }));
    }
    expect(possible, `${query} ${JSON.stringify(variables)} as ${name}`).toContainEqual(told(answer));
    const key = JSON.stringify([query, variables, name]);
    if (answer.isHit) counted.hits += 1;
    if (answer.isHit && !asked.has(key)) counted['hits of what others asked'] += 1;
    asked.add(key);
  };

  for (let done = 0; done < requests; done += 8) {
    // In turn, so that there is one right answer; then at once, with a change in the middle.
    for (let index = 0; index < 4; index += 1) await request();
    const isChanged = random() < 0.3;
    const together = Array.from({ length: 4 }, request);
    if (isChanged) together.push(change());
    await Promise.all(together);
  }
  process.stdout.write(`${requests} requests: ${JSON.stringify(counted)}\n`);
  expect(Math.min(...Object.values(counted))).toBeGreaterThan(10);
  if (written.size > 0) await revoke(...written);
});

describe('nothing is kept under a wrong key', () => {
  test('where a right changes between the key and the execution', async () => {
    await grant('team:finance#member@user:cleo');
    for (const name of ['cleo', 'cleo', 'dave', 'dave']) await cached.ask(page, { token: tokenOf(name) });
    // Dave's key says "no"; before his query runs, he is let in.
    const other = '{ tracks { royalties } }';
    await cached.ask(other, { token: tokenOf('eve') });
    cached.afterDecision = async () => {
      cached.afterDecision = async () => undefined;
      await grant('team:finance#member@user:dave');
    };
    await cached.ask(other, { token: tokenOf('dave') });
    const answer = await cached.ask(other, { token: tokenOf('eve') });
    expect(JSON.stringify(answer.data)).not.toContain('1001');
    await revoke('team:finance#member@user:dave', 'team:finance#member@user:cleo');
  });

  test('where several processes have one cache, and know different questions of an operation', async () => {
    const finance = ['ann', 'bob'].map((name) => `team:finance#member@user:${name}`);
    await grant(...finance, 'label:even#viewer@user:ann');
    const query = '{ track(id: 1) { next { next { royalties } } } }';
    const { decide } = cached.client;
    const cache = new InMemoryLRUCache();
    const secret = 'a secret of 32 characters, or more';
    const subgraphs = [secret, secret, `${secret}!`].map((own) => new CachedSubgraph(decide, { secret: own, cache }));
    const [one, other, foreign] = subgraphs as [CachedSubgraph, CachedSubgraph, CachedSubgraph];
    for (const subgraph of subgraphs) await subgraph.start();
    const ask = async (subgraph: CachedSubgraph, name: string) => {
      const answer = await subgraph.ask(query, { token: tokenOf(name) });
      expect(told(answer)).toEqual(await askUncached(uncached, query, { token: tokenOf(name) }));
      return answer.isHit;
    };
    // Both know no more than the first question, which is where Dave stops.
    for (const subgraph of subgraphs) await ask(subgraph, 'dave');
    // Ann is asked more by the one; the other would have the same key for her and for Bob.
    expect(await ask(one, 'ann')).toBe(false);
    expect(await ask(other, 'bob')).toBe(false);
    // What both know, they share.
    for (const subgraph of subgraphs) for (const name of ['ann', 'bob', 'ann']) await ask(subgraph, name);
    await grant('label:even#viewer@user:bob');
    expect([await ask(other, 'bob'), await ask(one, 'ann'), await ask(foreign, 'bob')]).toEqual([true, true, true]);
    const fresh = new CachedSubgraph(decide, { secret: `${secret}!!`, cache });
    await fresh.start();
    for (const isHit of [false, false, true, true]) expect(await ask(fresh, 'ann')).toBe(isHit);
    for (const subgraph of [...subgraphs, fresh]) await subgraph.stop();
    await revoke(...finance, 'label:even#viewer@user:ann', 'label:even#viewer@user:bob');
  });

  test('where Postern does not decide, and where an answer has an error', async () => {
    await grant('track:1#owner@user:cleo');
    const query = '{ track(id: 1) { script } }';
    let isDown = false;
    const { client } = cached;
    const failing = new CachedSubgraph(async (checks, ...more) =>
      isDown ? checks.map(() => ({ kind: 'undecided', reason: 'is away' })) : client.decide(checks, ...more),
    );
    await failing.start();
    const steps: readonly (readonly [name: string, isDown: boolean, isHit: boolean, codes: readonly string[]])[] = [
      ['dave', true, false, ['AUTHORIZATION_UNAVAILABLE']],
      ['dave', false, false, ['FORBIDDEN']],
      ['dave', false, false, ['FORBIDDEN']],
      ['cleo', false, false, []],
      ['cleo', true, false, ['AUTHORIZATION_UNAVAILABLE']],
      ['cleo', false, true, []],
      ['dave', true, false, ['AUTHORIZATION_UNAVAILABLE']],
      ['dave', false, false, ['FORBIDDEN']],
    ];
    for (const [name, down, isHit, codes] of steps) {
      isDown = down;
      const answer = await failing.ask(query, { token: tokenOf(name) });
      expect([name, answer.isHit, answer.codes]).toEqual([name, isHit, codes]);
    }
    await failing.stop();
    await revoke('track:1#owner@user:cleo');
  });

  test('whatever headers and variables a caller makes up', async () => {
    await grant('team:finance#member@user:cleo');
    for (const name of ['cleo', 'cleo', 'cleo']) await cached.ask(page, { token: tokenOf(name) });
    const forged = [
      { 'postern-fingerprint': 'x', 'cache-control': 'only-if-cached', 'if-none-match': '*' },
      { 'postern-consistency': 'minimize-latency', 'x-session-id': 'cleo' },
    ];
    for (const headers of forged) {
      for (const variables of [{}, { extra: null }, { fingerprint: true, allowed: true }]) {
        const answer = await cached.ask(page, { token: tokenOf('dave'), headers, variables });
        expect(JSON.stringify(answer.data)).not.toContain('1001');
      }
    }
    for (const token of ['Bearer x', '', ' ', 'undefined']) {
      const answer = await cached.ask(page, { token });
      expect([answer.isHit, JSON.stringify(answer.data).includes('1001')]).toEqual([false, false]);
    }
    await revoke('team:finance#member@user:cleo');
  });

  test('where operations come in a batch', async () => {
    await grant('team:finance#member@user:cleo');
    const batch = [page, '{ track(id: 1) { royalties } }', page, '{ track(id: 2) { advance } }'];
    for (const name of ['cleo', 'dave', 'cleo', 'dave']) {
      const answers = await cached.askBatch(batch, { token: tokenOf(name) });
      for (const [index, { data }] of answers.entries()) {
        expect(data).toEqual((await askUncached(uncached, batch[index] ?? '', { token: tokenOf(name) })).data);
      }
    }
    await revoke('team:finance#member@user:cleo');
  });

  test('where an operation of a batch could be taken for another one', async () => {
    await grant('team:finance#member@user:cleo');
    for (const name of ['cleo', 'cleo', 'cleo']) await cached.ask(page, { token: tokenOf(name) });
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    cached.afterDecision = async () => void setImmediate(() => setImmediate(resolve));
    // Nobody has asked the first one; what it needs is decided for the second, while it waits for its data.
    const unknown = '{ tracks { id royalties } }';
    await cached.askBatch([unknown, page], { token: tokenOf('cleo') });
    gate = Promise.resolve();
    const answer = await cached.ask(unknown, { token: tokenOf('dave') });
    expect([answer.isHit, JSON.stringify(answer.data).includes('1001')]).toEqual([false, false]);
    await revoke('team:finance#member@user:cleo');
  });

  test('by a mutation, which is asked about anew', async () => {
    await grant('track:1#owner@user:cleo');
    const rename = 'mutation { rename(id: 1) }';
    for (const codes of [[], []]) expect((await cached.ask(rename, { token: tokenOf('cleo') })).codes).toEqual(codes);
    await revoke('track:1#owner@user:cleo');
    const denied = await cached.ask(rename, { token: tokenOf('cleo') });
    expect([denied.isHit, denied.codes]).toEqual([false, ['FORBIDDEN']]);
  });
});

describe('a mistake is told', () => {
  const client = allowOnly([]);
  test.each<readonly [what: string, make: () => unknown, message: RegExp]>([
    [
      'a field that no guard is on',
      () => build(client, createCacheKeys({ keptSeconds: { 'Track.titel': 60 } })),
      /"Track.titel" in "keptSeconds" is no guarded field; there is/,
    ],
    [
      'a time that is none',
      () => createCacheKeys({ keptSeconds: { 'Track.royalties': 0.5 } }),
      /"Track.royalties" is kept for 0.5/,
    ],
    ['a secret that is short', () => createCacheKeys({ keptSeconds, secret: 'secret' }), /fewer than 32 characters/],
    [
      'keys for two schemas',
      () => {
        const cacheKeys = createCacheKeys({ keptSeconds });
        build(client, cacheKeys);
        build(client, cacheKeys);
      },
      /of another schema/,
    ],
    [
      'keys that are none',
      () => build(client, { extraCacheKeyData: async () => null }),
      /none that createCacheKeys made/,
    ],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('the fingerprint of Postern', () => {
  const checks = [...ids.map((id) => ({ permission: 'can_view_royalties', object: `track:${id}` }))];
  const ask = (selection: string, as: string, consistency?: object) =>
    server().ask(
      `query ($c: [ViewerCheckInput!]!, $k: CheckConsistencyInput) { viewer(consistency: $k) { ${selection} } }`,
      {
        as,
        variables: { c: checks, k: consistency },
      },
    );

  test('costs no statement beside the decisions that a page asks', async () => {
    const count = async (selection: string) => {
      await ask(selection, 'user:ann');
      server().takeStatements();
      await ask(selection, 'user:ann');
      return server().takeStatements().length;
    };
    const alone = await count('decisions(checks: $c) { allowed }');
    expect(alone).toBeGreaterThan(0);
    expect(await count('decisions(checks: $c) { allowed } permissionFingerprint(checks: $c) { value }')).toBe(alone);
    expect(await count('permissionFingerprint(checks: $c) { value consistencyToken }')).toBe(alone);
  });

  test('is equal for equals, and is of nothing else', async () => {
    const value = async (as: string) =>
      JSON.stringify((await ask('permissionFingerprint(checks: $c) { value }', as)).data);
    expect(await value('user:ann')).toBe(await value('user:bob'));
    await grant('team:finance#member@user:bob');
    expect(await value('user:ann')).not.toBe(await value('user:bob'));
    await revoke('team:finance#member@user:bob');
    expect(await value('user:ann')).toBe(await value('user:bob'));
    const none = await server().ask('{ viewer { permissionFingerprint(checks: []) { value } } }', { as: 'user:ann' });
    expect(none.text).toContain('"checks\\" is empty');
  });
});

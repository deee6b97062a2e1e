import { createGatewayRuntime, type GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Decision, guardSchema, type PermissionCheck } from '#guard';
import { postern } from '#guard/hive-gateway';
import type { SubgraphContext } from '../../examples/creators/supergraph/start-subgraph.ts';
import { randomOperation } from './support/random-operation.ts';
import { RecordingClient } from './support/recording-client.ts';
import { startTwoSubgraphs, type TwoSubgraphs } from './support/two-subgraphs.ts';

/** What a client sees: the data, and each error's place and code. */
interface Seen {
  readonly data?: unknown;
  readonly errors: readonly (readonly [path: string, code: string])[];
}

/** Operations at random for each planner; more by `npm run fuzz:guards`. */
const rounds = Number(process.env.TEST_OPERATIONS ?? 40);

const client = new RecordingClient();
/** Without guards of their own, so that only the gateway's can be seen. */
let subgraphs: TwoSubgraphs;
/** With the guards that a company's subgraphs have. */
let guarded: TwoSubgraphs;
beforeAll(async () => {
  subgraphs = await startTwoSubgraphs();
  guarded = await startTwoSubgraphs((schema) => guardSchema(schema, { client, authorization: contextAuthorization }));
});
afterAll(() => Promise.all([subgraphs?.stop(), guarded?.stop()]));

function contextAuthorization({ authorization }: SubgraphContext): string | undefined {
  return authorization;
}

let plannedByRouter = 0;
const countedHandler: typeof unifiedGraphHandler = (options) => {
  plannedByRouter += 1;
  return unifiedGraphHandler(options);
};

const planners = [
  ['stitching', {}],
  ['the planner of Hive Router', { unifiedGraphHandler: countedHandler }],
] as const;

describe.each(planners)('Hive Gateway with %s', (name, planner) => {
  const asked: string[] = [];
  const counting: GatewayPlugin = { onSubgraphExecute: ({ subgraphName }) => void asked.push(subgraphName) };
  let gateway: ReturnType<typeof createGateway>;
  /** As companies run it: the gateway answers early, and the subgraphs enforce. */
  let both: ReturnType<typeof createGateway>;
  /** Leaves everything to the guards of the subgraphs. */
  let plain: ReturnType<typeof createGateway>;

  function createGateway({ supergraphSdl }: TwoSubgraphs, plugins: readonly GatewayPlugin[]) {
    return createGatewayRuntime({
      supergraph: supergraphSdl,
      logging: false,
      ...planner,
      propagateHeaders: {
        fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
      },
      plugins: () => [...plugins, counting],
    });
  }

  beforeAll(() => {
    const authorization = ({ request }: { request: Request }) => request.headers.get('authorization');
    gateway = createGateway(subgraphs, [postern({ client, authorization })]);
    both = createGateway(guarded, [postern({ client, authorization })]);
    plain = createGateway(guarded, []);
  });
  afterAll(() => Promise.all([gateway, both, plain].map((one) => one?.[Symbol.asyncDispose]())));
  beforeEach(() => {
    client.calls.length = 0;
    asked.length = 0;
    client.answer = () => ({ kind: 'allowed' });
  });

  async function ask(query: string, variables?: object, of = gateway): Promise<Seen> {
    const response = await of.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer eve' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as { data?: unknown; errors?: readonly GatewayError[] };
    return { data, errors: errors.map(({ path = [], extensions }) => [path.join('.'), extensions.code]) };
  }

  const forbidden = (...paths: string[]) => paths.map((path) => [path, 'FORBIDDEN'] as const);

  test.each<readonly [string, string, unknown, readonly (readonly [string, string])[], number]>([
    ['a root field', '{ track(id: "t1") { name } }', { track: null }, forbidden('track'), 0],
    ['an alias', '{ a: track(id: "t1") { name } }', { a: null }, forbidden('a'), 0],
    [
      'two aliases and __typename',
      '{ a: track(id: "t1") { name } b: track(id: "t2") { id } __typename }',
      { a: null, b: null, __typename: 'Query' },
      forbidden('a', 'b'),
      0,
    ],
    [
      'beside a field without a guard',
      '{ currency track(id: 1) { name } }',
      { currency: 'EUR', track: null },
      forbidden('track'),
      1,
    ],
    ['that must not be null', '{ currency title }', null, forbidden('title'), 1],
    ['alone that must not be null', '{ title }', null, forbidden('title'), 0],
    ['with onDeny NULL', '{ quiet(id: 1) currency }', { quiet: null, currency: 'EUR' }, [], 1],
    [
      'by a guard of its type',
      '{ report { total } currency }',
      { report: null, currency: 'EUR' },
      forbidden('report'),
      1,
    ],
    [
      'in a fragment',
      '{ currency ...F } fragment F on Query { ... { track(id: 1) { ...T } } } fragment T on Track { name }',
      { currency: 'EUR', track: null },
      forbidden('track'),
      1,
    ],
    [
      'in a list',
      '{ tracks { id plays(label: "l") } }',
      {
        tracks: [
          { id: 't1', plays: null },
          { id: 't2', plays: null },
        ],
      },
      forbidden('tracks.0.plays', 'tracks.1.plays'),
      1,
    ],
    [
      'in a list, alone in its selection',
      '{ tracks { p: plays(label: "l") } }',
      { tracks: [{ p: null }, { p: null }] },
      forbidden('tracks.0.p', 'tracks.1.p'),
      1,
    ],
    [
      'of another subgraph, which is not asked',
      '{ tracks { id royalties(label: "l") } }',
      {
        tracks: [
          { id: 't1', royalties: null },
          { id: 't2', royalties: null },
        ],
      },
      forbidden('tracks.0.royalties', 'tracks.1.royalties'),
      1,
    ],
    [
      'of another subgraph, which is asked for something else',
      '{ tracks { royalties(label: "l") shares } }',
      {
        tracks: [
          { royalties: null, shares: 3 },
          { royalties: null, shares: 3 },
        ],
      },
      forbidden('tracks.0.royalties', 'tracks.1.royalties'),
      2,
    ],
    [
      'of one member of a union',
      '{ search { ... on Track { id x: plays(label: "l") } ... on Show { x: rank } } }',
      { search: [{ id: 't1', x: null }, { x: 4 }] },
      forbidden('search.0.x'),
      1,
    ],
    [
      'below what is null, where it is no error',
      '{ search { ... on Track { album { tracks { id album { title tracks { plays(label: "l") } } } } } } }',
      {
        search: [
          {
            album: {
              tracks: [
                { id: 't1', album: { title: 'Album', tracks: [{ plays: null }, { plays: null }] } },
                { id: 't2', album: null },
              ],
            },
          },
          {},
        ],
      },
      forbidden('search.0.album.tracks.0.album.tracks.0.plays', 'search.0.album.tracks.0.album.tracks.1.plays'),
      1,
    ],
    [
      'that must not be null, up to a list that may be',
      '{ node { id ... on Track { album { title tracks { id notes(label: "l") } } } } }',
      { node: { id: 't1', album: { title: 'Album', tracks: null } } },
      forbidden('node.album.tracks.0.notes', 'node.album.tracks.1.notes'),
      1,
    ],
    [
      'twice under one name',
      '{ tracks { ...A ...B } } fragment A on Track { plays(label: "l") } fragment B on Track { id plays(label: "l") }',
      {
        tracks: [
          { plays: null, id: 't1' },
          { plays: null, id: 't2' },
        ],
      },
      forbidden('tracks.0.plays', 'tracks.1.plays'),
      1,
    ],
    [
      'that was the only use of a variable and of a fragment',
      'query ($l: ID! = "l") { tracks { id royalties(label: $l) } track(id: "t1") { ...F } } fragment F on Track { name }',
      {
        tracks: [
          { id: 't1', royalties: null },
          { id: 't2', royalties: null },
        ],
        track: null,
      },
      forbidden('tracks.0.royalties', 'tracks.1.royalties', 'track'),
      1,
    ],
    [
      'beside fields that are skipped',
      '{ track(id: "t1") { name } currency @include(if: false) ... @skip(if: true) { __typename tracks { id } } }',
      { track: null },
      forbidden('track'),
      0,
    ],
    [
      'behind an interface',
      '{ node { id ... on Track { plays(label: "l") } } }',
      { node: { id: 't1', plays: null } },
      forbidden('node.plays'),
      1,
    ],
    [
      'that is given a guarded argument',
      '{ currency asked(why: "x") }',
      { currency: 'EUR', asked: null },
      forbidden('asked'),
      1,
    ],
    [
      'that is given a guarded value by a variable',
      'query ($r: [Rank!] = [TITLE, ROYALTIES]) { a: ranked(among: $r) }',
      { a: null },
      forbidden('a'),
      0,
    ],
    [
      'that is given a guarded field deep in an input',
      '{ currency ranked(filter: { and: [{ not: { labels: { id: "l", royalties: 1 } } }] }) }',
      { currency: 'EUR', ranked: null },
      forbidden('ranked'),
      1,
    ],
    [
      'of an entity in another subgraph that is given a guarded value',
      '{ tracks { id sales(by: ROYALTIES) charts(by: ROYALTIES) } }',
      {
        tracks: [
          { id: 't1', sales: null, charts: null },
          { id: 't2', sales: null, charts: null },
        ],
      },
      forbidden('tracks.0.sales', 'tracks.0.charts', 'tracks.1.sales', 'tracks.1.charts'),
      1,
    ],
    [
      'before fragments of other subgraphs',
      '{ track(id: 1) { id } ...F ... on Query { tracks { id } } } fragment F on Query { currency }',
      { track: null, currency: 'EUR', tracks: [{ id: 't1' }, { id: 't2' }] },
      forbidden('track'),
      2,
    ],
    [
      'whose name is what stands in for refused fields',
      '{ tracks { _postern_0: id plays(label: "l") } }',
      {
        tracks: [
          { _postern_0: 't1', plays: null },
          { _postern_0: 't2', plays: null },
        ],
      },
      forbidden('tracks.0.plays', 'tracks.1.plays'),
      1,
    ],
  ])('a denied field %s', async (_what, query, data, errors, subgraphCalls) => {
    client.answer = ({ permission }) => ({ kind: permission === 'can_view_totals' ? 'allowed' : 'denied' });
    expect(await ask(query)).toEqual({ data, errors });
    expect([client.calls.length, asked.length]).toEqual([1, subgraphCalls]);
    expect(client.calls[0]?.authorization).toBe('Bearer eve');
    expect(await ask(query, undefined, both)).toEqual({ data, errors });
    const fromSubgraphs = await ask(query, undefined, plain);
    expect(withoutPositions(fromSubgraphs)).toEqual(withoutPositions({ data, errors }));
  });

  test.each<readonly [Decision['kind'], readonly string[]]>([
    ['allowed', []],
    ['denied', ['FORBIDDEN']],
    ['unauthenticated', ['UNAUTHENTICATED']],
    ['undecided', ['AUTHORIZATION_UNAVAILABLE']],
  ])('the decision %s', async (kind, codes) => {
    client.answer = () => (kind === 'undecided' ? { kind, reason: 'secret reason' } : { kind });
    const seen = await ask('{ track(id: "t1") { name } currency }');
    expect(seen.data).toEqual({ track: kind === 'allowed' ? { name: 'Track t1' } : null, currency: 'EUR' });
    expect(seen.errors).toEqual(codes.map((code) => ['track', code]));
    expect(withoutPositions(await ask('{ track(id: "t1") { name } currency }', undefined, plain))).toEqual(
      withoutPositions(seen),
    );
    const quiet = await ask('{ quiet(id: 1) }');
    expect(withoutPositions(await ask('{ quiet(id: 1) }', undefined, plain))).toEqual(withoutPositions(quiet));
    expect(quiet.errors).toEqual(kind === 'undecided' ? [['quiet', 'AUTHORIZATION_UNAVAILABLE']] : []);
  });

  test.each<readonly [string, RecordingClient['decide']]>([
    ['throws', async () => Promise.reject(new Error('secret'))],
    ['answers too little', async () => []],
    ['answers too much', async () => [{ kind: 'allowed' }, { kind: 'allowed' }, { kind: 'allowed' }]],
    ['answers nonsense', async () => JSON.parse('[{"kind":"yes"}]')],
    ['answers nothing', async () => JSON.parse('[null]')],
  ])('a client that %s opens nothing', async (_what, decide) => {
    const other = createGateway(subgraphs, [postern({ client: { decide }, authorization: () => 'Bearer eve' })]);
    const response = await other.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ currency track(id: 1) { name } }' }),
    });
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      data: { currency: 'EUR', track: null },
      errors: [{ extensions: { code: 'AUTHORIZATION_UNAVAILABLE' } }],
    });
    expect(text).not.toContain('secret');
    await other[Symbol.asyncDispose]();
  });

  test('everything of an operation is asked in one call, each check once', async () => {
    const seen = await ask(
      'query ($l: ID!, $f: Filter!) { a: track(id: "1") { plays(label: $l) royalties(label: $l) } b: track(id: "1") { id notes(label: $l) } many(filter: $f) report { total } }',
      { l: 'blue', f: { ids: ['1', '2', '2'] } },
    );
    expect(seen.errors).toEqual([]);
    expect(client.calls.map(({ checks }) => checks.map(format))).toEqual([
      [
        'can_listen track:1',
        'can_view_stats label:blue',
        'can_view_royalties label:blue',
        'can_listen track:2',
        'can_view_reports platform:main',
        'can_view_totals platform:main',
      ],
    ]);
  });

  test('an operation without such guards asks nothing', async () => {
    expect((await ask('{ currency tracks { id name } }')).errors).toEqual([]);
    expect(client.calls).toEqual([]);
  });

  test.each<readonly [string, string, string]>([
    ['a denied field', 'mutation { touch rename(id: "t1", title: "x") { name } }', 'rename'],
    ['a field that is given what is guarded', 'mutation { touch order(filter: { minimum: 1 }) }', 'order'],
    ['a denied field that would be null without an error', 'mutation { touch mute(id: "t1") }', 'mute'],
    [
      'a denied field of what it returns',
      'mutation { touch r: rename(id: "t2", title: "x") { plays(label: "l") } }',
      'r.plays',
    ],
  ])('a mutation with %s runs nothing', async (_what, query, path) => {
    client.answer = ({ object }) => ({ kind: object === 'track:t2' ? 'allowed' : 'denied' });
    expect(await ask(query)).toEqual({ data: null, errors: [[path, 'FORBIDDEN']] });
    expect(asked).toEqual([]);
  });

  test('a mutation that cannot be decided runs nothing, and one that is allowed runs', async () => {
    const query = 'mutation { touch rename(id: "t1", title: "x") { name } }';
    expect(await ask(query)).toEqual({ data: { touch: 1, rename: { name: 'Track t1' } }, errors: [] });
    asked.length = 0;
    client.answer = () => ({ kind: 'undecided', reason: 'down' });
    expect(await ask(query)).toEqual({ data: null, errors: [['rename', 'AUTHORIZATION_UNAVAILABLE']] });
    expect(asked).toEqual([]);
  });

  test('what the subgraph enforces is left to it', async () => {
    client.answer = () => ({ kind: 'denied' });
    const seen = await ask('{ node { plays(label: "l") } }');
    expect([seen, client.calls.length]).toEqual([{ data: { node: { plays: 5 } }, errors: [] }, 0]);
  });

  test('a field that is asked for on its interface, too, has one error', async () => {
    client.answer = () => ({ kind: 'denied' });
    const query = '{ node { plays(label: "l") ... on Track { id plays(label: "l") } } }';
    expect(await ask(query, undefined, both)).toEqual({
      data: { node: { plays: null, id: 't1' } },
      errors: forbidden('node.plays'),
    });
  });

  test.each<readonly [string, string, Record<string, unknown>]>([
    ['nothing', '{ ranked asked }', {}],
    ['what nobody guards', '{ ranked(by: LENGTH, filter: { rank: LENGTH, labels: [{ id: 1 }] }) }', {}],
    ['what it would run with anyhow', '{ asked(why: "work") ranked(rank: TITLE, filter: { limit: 3 }) }', {}],
    ['an input, in a variable, with defaults', 'query ($f: RankFilter) { ranked(filter: $f) }', { f: { and: [{}] } }],
    ['a variable without a value', 'query ($r: Rank, $m: Int) { ranked(by: $r, filter: { minimum: $m }) }', {}],
  ])('a field that is given %s asks nobody', async (_what, query, variables) => {
    client.answer = () => ({ kind: 'denied' });
    for (const one of [gateway, both, plain]) expect((await ask(query, variables, one)).errors).toEqual([]);
    expect(client.calls).toEqual([]);
  });

  test('operations at random are answered alike by the gateway, the subgraphs, and both', async () => {
    for (let seed = 1; seed <= rounds; seed += 1) {
      const { query, variables, allowed, refused } = randomOperation(seed);
      client.answer = (check) => ({ kind: allowed(format(check)) ? 'allowed' : 'denied' });
      const [early, whole, late] = [
        await ask(query, variables, gateway),
        await ask(query, variables, both),
        await ask(query, variables, plain),
      ];
      const told = { seed, query, variables };
      const paths = new Set(refused.map((path) => `${path} FORBIDDEN`));
      expect({ ...told, errors: withoutPositions(whole).errors }).toEqual({ ...told, errors: paths });
      expect({ ...told, ...withoutPositions(early) }).toEqual({ ...told, ...withoutPositions(whole) });
      expect({ ...told, ...withoutPositions(late) }).toEqual({ ...told, ...withoutPositions(whole) });
    }
  });

  test('is the planner that the test says', () => {
    expect(plannedByRouter > 0).toBe(name !== 'stitching');
  });
});

interface GatewayError {
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

/**
 * What gateways make of the same answer: stitching loses the positions in lists of another subgraph's errors, the planner of
 * Hive Router leaves out data that is null, and below a list that becomes null not every error is told.
 */
function withoutPositions({ data = null, errors }: Seen) {
  return { data, errors: new Set(errors.map(([path, code]) => `${path.replaceAll(/\.\d+/g, '')} ${code}`)) };
}

function format({ permission, object }: PermissionCheck): string {
  return `${permission} ${object}`;
}

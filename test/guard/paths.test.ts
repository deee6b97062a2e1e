import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPosternClient } from '#guard';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { askSubgraph, type Gateway, startApolloGateway, startHiveGateway } from './support/gateways.ts';
import {
  catalogSdl,
  createCatalog,
  createPricing,
  pricingSdl,
  type ServedSubgraph,
  secret,
  serveSubgraph,
} from './support/guarded-subgraphs.ts';
import { type Fault, type MisbehavingPostern, startMisbehavingPostern } from './support/misbehaving-postern.ts';

const store = `model: |
  model
    schema 1.1
  type user
  type track
    relations
      define viewer: [user]
      define listener: [user]
      define can_view: viewer
      define can_hear: listener
      define can_edit: viewer
tuples:
  - { user: "user:ann", relation: viewer, object: "track:1" }
  - { user: "user:ann", relation: viewer, object: "track:2" }
  - { user: "user:leo", relation: listener, object: "track:1" }
`;

const postern = usePosternServer(useDatabase(), { store });
const ran: string[] = [];
const served: ServedSubgraph[] = [];
/** By name; those in front of subgraphs that wait long for Postern, and those that soon give up. */
const gateways = { patient: new Map<string, Gateway>(), impatient: new Map<string, Gateway>() };
let front: MisbehavingPostern;

beforeAll(async () => {
  front = await startMisbehavingPostern(postern().url);
  await startGateways(gateways.patient, 5000);
  await startGateways(gateways.impatient, 100);
});

async function startGateways(named: Map<string, Gateway>, timeoutMs: number): Promise<void> {
  // No breaker: every cell meets the fault itself.
  const client = createPosternClient({ url: front.url, timeoutMs, breaker: { failures: 1_000_000 } });
  const catalog = await serveSubgraph(createCatalog(client, ran));
  const pricing = await serveSubgraph(createPricing(client));
  served.push(catalog, pricing);
  const composed = composeSupergraph([
    { name: 'catalog', url: catalog.url, sdl: catalogSdl },
    { name: 'pricing', url: pricing.url, sdl: pricingSdl },
  ]);
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  named.set('no gateway', askSubgraph(catalog.url));
  named.set('@apollo/gateway', await startApolloGateway(composed.supergraphSdl));
  named.set('Hive Gateway, stitching', startHiveGateway(composed.supergraphSdl, 'stitching'));
  named.set('Hive Gateway, router planner', startHiveGateway(composed.supergraphSdl, 'router'));
}

/** As a client asks: somebody's token, or none. */
async function ask(gateway: string, query: string, as: string | undefined): Promise<string> {
  const named = front.fault === 'slow' ? gateways.impatient : gateways.patient;
  const authorization = as === undefined ? undefined : `Bearer ${await postern().token(as)}`;
  return (named.get(gateway) as Gateway).ask(query, authorization);
}

afterAll(async () => {
  const running = [...gateways.patient.values(), ...gateways.impatient.values(), ...served, front];
  for (const { stop } of running) await stop();
});

interface Mode {
  readonly as: string | undefined;
  readonly fault: Fault;
  readonly code: string | undefined;
}

const modes: ReadonlyMap<string, Mode> = new Map([
  ['allowed', { as: 'user:ann', fault: 'none', code: undefined }],
  ['denied', { as: 'user:bob', fault: 'none', code: 'FORBIDDEN' }],
  ['anonymous', { as: undefined, fault: 'none', code: 'UNAUTHENTICATED' }],
  ...(['down', 'slow', '500', 'malformed', 'HTML'] as const).map((fault): [string, Mode] => [
    fault,
    { as: 'user:ann', fault, code: 'AUTHORIZATION_UNAVAILABLE' },
  ]),
]);

interface Path {
  readonly query: string;
  /** Gateways that do not take this path; what they answer is looked through all the same. */
  readonly without?: readonly string[];
  /** Denied items are left out, without an error. */
  readonly filters?: true;
  /** Gateways that give null and lose the error of a field that only they asked for. */
  readonly silentIn?: readonly string[];
}

const key = '{ __typename: "Track", id: "1" }';
const fields = '... on Track { royalties }';
const inOne = ['@apollo/gateway', 'Hive Gateway, stitching', 'Hive Gateway, router planner'];

const paths: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['direct', { query: '{ track(id: "1") { royalties } }' }],
  ['alias', { query: '{ first: track(id: "1") { money: royalties } }' }],
  ['fragment', { query: 'query { track(id: "1") { ...money } } fragment money on Track { royalties }' }],
  ['interface', { query: `{ media { title ${fields} } }` }],
  ['union', { query: `{ search { ${fields} } }` }],
  ['list item', { query: '{ tracks { id royalties } }' }],
  ['nested entity', { query: '{ shelf { best { royalties } } }' }],
  ['arguments', { query: '{ report(id: "1") }' }],
  ['_entities', { query: `{ _entities(representations: [${key}]) { ${fields} } }`, without: inOne }],
  ['another subgraph', { query: '{ tracks { margin } }', without: ['no gateway'] }],
  ['@requires', { query: '{ tracks { price } }', without: ['no gateway'], silentIn: ['Hive Gateway, stitching'] }],
  ['value of an argument', { query: '{ ranked(by: ROYALTIES) { title } }' }],
  ['default of a variable', { query: 'query ($r: Rank = ROYALTIES) { ranked(by: $r) { title } }' }],
  ['field of an input', { query: '{ ranked(filter: { and: { id: "1", above: 5 } }) { title } }' }],
  ['filtered list', { query: '{ audible { royalties } }', filters: true }],
  ['mutation', { query: 'mutation { release(input: { id: "1" }) }' }],
  ['subscription', { query: 'subscription { plays(id: "1") }', without: ['@apollo/gateway'] }],
]);

const everyGateway = ['no gateway', ...inOne];
const codesIn = (answer: string) => new Set([...answer.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code));

describe.each(everyGateway)('%s', (gateway) => {
  describe.each([...paths])('%s', (_path, { query, without = [], silentIn = [], filters }) => {
    test.each([...modes])('%s', async (_mode, { as, fault, code }) => {
      front.fault = fault;
      ran.splice(0);
      const answer = await ask(gateway, query, as);
      const isOpen = code === undefined && !without.includes(gateway);
      expect(answer.includes(String(secret)), answer).toBe(isOpen);
      expect(ran).toEqual(isOpen && query.startsWith('mutation') ? ['1'] : []);
      if (without.includes(gateway)) return expect(answer).toContain('errors');
      const isSilent = (filters && code !== 'AUTHORIZATION_UNAVAILABLE') || silentIn.includes(gateway);
      expect([...codesIn(answer)], answer).toEqual(code === undefined || isSilent ? [] : [code]);
    });
  });
});

// Guards that a gateway brings as arguments of one hidden field can be confused: some planners fetch that field once for two.
describe.each(everyGateway)('%s does not take the permission of one field for that of another', (gateway) => {
  test.each([
    ['tempo royalties'],
    ['royalties tempo'],
    ['a: tempo b: royalties c: tempo'],
    ['... on Track { royalties } ... on Track { tempo }'],
  ])('{ %s }', async (selection) => {
    front.fault = 'none';
    const answer = await ask(gateway, `{ track(id: "1") { ${selection} } }`, 'user:leo');
    expect([answer.includes(String(secret)), answer.includes('120'), [...codesIn(answer)]], answer).toEqual([
      false,
      true,
      ['FORBIDDEN'],
    ]);
  });
});

test('the table has every path, gateway and mode', () => {
  expect([everyGateway.length, paths.size, modes.size]).toEqual([4, 17, 8]);
});

test('fifty items with three guarded fields each are one call', async () => {
  front.fault = 'none';
  const calls = front.calls;
  const answer = await ask('no gateway', '{ tracks(first: 50) { royalties tempo notes } }', 'user:ann');
  expect(front.calls - calls).toBe(1);
  expect(front.lastChecks).toBe(150);
  expect(JSON.parse(answer).data.tracks).toHaveLength(50);
});

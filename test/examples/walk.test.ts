import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { fetchSdl } from '../../examples/creators/supergraph/fetch-sdl.ts';
import type { RunningService } from '../../examples/creators/supergraph/running-service.ts';
import { startGateway } from '../../examples/creators/supergraph/start-gateway.ts';
import { startSubgraph } from '../../examples/creators/supergraph/start-subgraph.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { useDatabase } from '../support/database.ts';
import { relationship } from '../support/parse.ts';
import { writing } from '../support/postern.ts';
import { isOnReplica, type PosternServer, startPosternServer } from '../support/postern-server.ts';

const trackCount = 10_000;
const store = `model: |
  model
    schema 1.1
  type user
  type label
    relations
      define editor: [user]
  type album
    relations
      define label: [label]
      define can_edit: editor from label
  type track
    relations
      define album: [album]
      define blocked: [user]
      define can_edit: can_edit from album but not blocked
tuples:
  - { user: "user:mia", relation: editor, object: "label:north" }
`;

const trackSchema = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { tracks(first: Int!): [Track!]! }
  type Track @key(fields: "id") { id: ID! title: String! }
`);

const databaseUrl = useDatabase();
const services: RunningService[] = [];
let postern: PosternServer;
let gatewayUrl: string;

beforeAll(async () => {
  postern = await startPosternServer({ databaseUrl: databaseUrl(), store });
  await write(Array.from({ length: 100 }, (_, album) => relationship(`album:${album}#label@label:north`)));
  for (let start = 0; start < trackCount; start += 1000) {
    const indexes = Array.from({ length: 1000 }, (_, index) => start + index);
    await write(indexes.map((index) => relationship(`track:${nameOf(index)}#album@album:${index % 100}`)));
  }
  const resolvers = {
    Query: {
      tracks: (_: unknown, { first }: { first: number }) =>
        Array.from({ length: first }, (_one, index) => ({ id: nameOf(index) })),
    },
    Track: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      title: ({ id }: { id: string }) => `Title of ${id}`,
    },
  };
  const music = await startSubgraph(buildSubgraphSchema([{ typeDefs: trackSchema, resolvers }]));
  services.push(music);
  const urls = [
    { name: 'music', url: music.url },
    { name: 'postern', url: postern.url },
  ];
  const subgraphs = await Promise.all(urls.map(async ({ name, url }) => ({ name, url, sdl: await fetchSdl(url) })));
  const composed = composeSupergraph(subgraphs);
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  const gateway = await startGateway({ supergraphSdl: composed.supergraphSdl, port: 0 });
  services.push(gateway);
  gatewayUrl = gateway.url;
});

afterAll(async () => {
  for (const service of services.toReversed()) await service.stop();
  await postern?.stop();
});

function nameOf(index: number): string {
  return `t${String(index).padStart(5, '0')}`;
}

async function write(writes: readonly Relationship[]): Promise<void> {
  const actor = { kind: 'console', command: 'test' } as const;
  const written = await writeRelationships(postern.running.postern, actor, writing(writes));
  expect(written.ok).toBe(true);
}

async function askGateway(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await postern.token('user:mia')}` };
  const response = await fetch(gatewayUrl, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const answer: unknown = await response.json();
  expect(answer).not.toHaveProperty('errors');
  return answer;
}

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function readPage(after: string | null): Promise<Page> {
  const query = `query ($after: String) {
    viewer { tracks(permission: CAN_EDIT, first: 100, after: $after) { edges { node { id title } } pageInfo { hasNextPage endCursor } } }
  }`;
  const answer = await askGateway(query, { after });
  return (answer as { data: { viewer: { tracks: Page } } }).data.viewer.tracks;
}

test('ten thousand tracks are walked page by page without a gap or a repeat, while relationships are written', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; ; page++) {
    const { edges, pageInfo }: Page = await readPage(after);
    for (const { node } of edges) {
      expect(node.title).toBe(`Title of ${node.id}`);
      seen.push(node.id);
    }
    // Somebody else is blocked, and tracks behind the walk come and go: nothing of what is still to come changes.
    await write([
      relationship(`track:${nameOf(page)}#blocked@user:other${page}`),
      relationship(`track:a${page}#album@album:1`),
    ]);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(seen).toEqual(Array.from({ length: trackCount }, (_, index) => nameOf(index)));
}, 120_000);

test.each([1, 50])('a page of %i tracks is one batch at Postern, whatever its size', async (first) => {
  const query = 'query ($first: Int!) { tracks(first: $first) { title permissions { canEdit } } }';
  postern.takeStatements();
  const answer = await askGateway(query, { first });
  const track = { title: expect.stringContaining('Title of'), permissions: { canEdit: true } };
  expect(answer).toEqual({ data: { tracks: Array.from({ length: first }, () => track) } });
  // The clock, the names and all levels: track, album, label. A replica proves its state, and may do so for itself beside it.
  const verbs = postern.takeStatements().map((text) => text.trim().split(/\s+/)[0]);
  expect(isOnReplica ? ['select', 'select,select'] : ['with']).toContain(verbs.join());
});

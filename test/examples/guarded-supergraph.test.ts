import type { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPosternClient, type PosternClient } from '#guard';
import { createAudiobooksSubgraph } from '../../examples/creators/supergraph/audiobooks/create-audiobooks-subgraph.ts';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { fetchSdl } from '../../examples/creators/supergraph/fetch-sdl.ts';
import { createMusicSubgraph } from '../../examples/creators/supergraph/music/create-music-subgraph.ts';
import { createPayoutsSubgraph } from '../../examples/creators/supergraph/payouts/create-payouts-subgraph.ts';
import { createPodcastsSubgraph } from '../../examples/creators/supergraph/podcasts/create-podcasts-subgraph.ts';
import type { RunningService } from '../../examples/creators/supergraph/running-service.ts';
import { startGateway } from '../../examples/creators/supergraph/start-gateway.ts';
import { startSubgraph } from '../../examples/creators/supergraph/start-subgraph.ts';
import { type MisbehavingPostern, startMisbehavingPostern } from '../guard/support/misbehaving-postern.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';

const postern = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });
const services: RunningService[] = [];
let front: MisbehavingPostern;
let gatewayUrl: string;

beforeAll(async () => {
  front = await startMisbehavingPostern(postern().url);
  const client = createPosternClient({ url: front.url, timeoutMs: 1000 });
  const create = { music: createMusicSubgraph, podcasts: createPodcastsSubgraph, payouts: createPayoutsSubgraph };
  const subgraphs = await Promise.all(
    Object.entries({ ...create, audiobooks: createAudiobooksSubgraph }).map(([name, make]) =>
      serve(name, make, client),
    ),
  );
  const own = { name: 'postern', url: postern().url, sdl: await fetchSdl(postern().url) };
  const composed = composeSupergraph([...subgraphs, own]);
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  const gateway = await startGateway({ supergraphSdl: composed.supergraphSdl, port: 0 });
  services.push(gateway);
  gatewayUrl = gateway.url;
});

async function serve(name: string, make: (client: PosternClient) => GraphQLSchema, client: PosternClient) {
  const service = await startSubgraph(make(client));
  services.push(service);
  return { name, url: service.url, sdl: await fetchSdl(service.url) };
}

afterAll(async () => {
  for (const service of services.reverse()) await service.stop();
  await front.stop();
});

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

async function ask(
  query: string,
  as: string | undefined,
): Promise<readonly [data: unknown, codes: readonly unknown[]]> {
  const authorization = as === undefined ? {} : { authorization: `Bearer ${await postern().token(as)}` };
  const response = await fetch(gatewayUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query }),
  });
  const { data, errors = [] } = (await response.json()) as Answer;
  return [data, [...new Set(errors.map(({ extensions }) => extensions?.code))]];
}

const royalties = '{ album(id: "aurora") { title royaltiesCents } }';
const account = '{ payoutAccount(id: "nw-main") { balanceCents } }';
const unreleased = '{ artist(id: "luna") { albums { id } unreleasedAlbums { id } } }';
const drafts = '{ show(id: "tidewater") { drafts { id script } } }';
const rename = 'mutation { renameTrack(input: { id: "harbour-1", title: "Ebb" }) { title } }';
const publish = 'mutation { publishEpisode(id: "ns-42", publishDate: "2026-12-01") { publishDate } }';
const approve = (run: string) => `mutation { approvePayoutRun(id: "${run}") { isApproved } }`;

describe('the creators’ supergraph', () => {
  test.each<readonly [what: string, query: string, as: string | undefined, data: unknown, codes: readonly string[]]>([
    ['shows royalties to finance', royalties, 'user:fay', { album: { title: 'Aurora', royaltiesCents: 903_275 } }, []],
    [
      'hides royalties from an editor',
      royalties,
      'user:eve',
      { album: { title: 'Aurora', royaltiesCents: null } },
      ['FORBIDDEN'],
    ],
    [
      'hides royalties from nobody in particular',
      royalties,
      undefined,
      { album: { title: 'Aurora', royaltiesCents: null } },
      ['UNAUTHENTICATED'],
    ],
    [
      'lists unreleased albums for those who may hear them',
      unreleased,
      'user:eve',
      { artist: { albums: [{ id: 'debut' }, { id: 'aurora' }], unreleasedAlbums: [{ id: 'harbour' }] } },
      [],
    ],
    [
      'lists none for others',
      unreleased,
      'user:stranger',
      { artist: { albums: [{ id: 'debut' }, { id: 'aurora' }], unreleasedAlbums: [] } },
      [],
    ],
    [
      'lists drafts for editors',
      drafts,
      'user:eve',
      { show: { drafts: [{ id: 'tw-2', script: expect.any(String) }] } },
      [],
    ],
    ['lists no drafts for others', drafts, 'user:stranger', { show: { drafts: [] } }, []],
    ['shows an account to its owner', account, 'user:olga', { payoutAccount: { balanceCents: 4_180_225 } }, []],
    ['hides an account', account, 'user:eve', { payoutAccount: { balanceCents: null } }, ['FORBIDDEN']],
    ['lets an editor rename', rename, 'user:eve', { renameTrack: { title: 'Ebb' } }, []],
    ['lets nobody else rename', rename, 'user:stranger', { renameTrack: null }, ['FORBIDDEN']],
    ['lets a manager publish', publish, 'user:paul', { publishEpisode: { publishDate: '2026-12-01' } }, []],
    ['lets no editor publish', publish, 'user:ed', { publishEpisode: null }, ['FORBIDDEN']],
    ['lets an approver approve', approve('2026-02'), 'user:ann', { approvePayoutRun: { isApproved: true } }, []],
    ['but not what she prepared', approve('2026-03'), 'user:ann', { approvePayoutRun: null }, ['FORBIDDEN']],
  ])('%s', async (_what, query, as, data, codes) => {
    expect(await ask(query, as)).toEqual([data, codes]);
  });

  test('works on without Postern where nothing is guarded', async () => {
    front.fault = '500';
    expect(await ask('{ album(id: "aurora") { title releaseDate } }', 'user:olga')).toEqual([
      { album: { title: 'Aurora', releaseDate: '2026-03-20' } },
      [],
    ]);
    expect(await ask(royalties, 'user:olga')).toEqual([
      { album: { title: 'Aurora', royaltiesCents: null } },
      ['AUTHORIZATION_UNAVAILABLE'],
    ]);
    front.fault = 'none';
  });
});

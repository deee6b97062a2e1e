import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPosternClient } from '#guard';
import { type MisbehavingPostern, startMisbehavingPostern } from '../guard/support/misbehaving-postern.ts';
import { type CreatorsSupergraph, startCreatorsSupergraph } from '../support/creators-supergraph.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';

const postern = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });
let front: MisbehavingPostern;
let supergraph: CreatorsSupergraph;

beforeAll(async () => {
  front = await startMisbehavingPostern(postern().url);
  const client = createPosternClient({ url: front.url, timeoutMs: 1000 });
  supergraph = await startCreatorsSupergraph({ client, posternUrl: postern().url });
});

afterAll(async () => {
  await supergraph?.[Symbol.asyncDispose]();
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
  const response = await fetch(supergraph.gatewayUrl, {
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

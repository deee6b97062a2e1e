import { gql } from '@apollo/client';
import { parse, print } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPosternClient } from '#guard';
import { createStudioClient } from '../../examples/creators/studio/src/client.ts';
import { followPermissions } from '../../examples/creators/studio/src/follow-permissions.ts';
import { type Known, knownPermission } from '../../examples/creators/studio/src/known-permission.ts';
import { type CreatorsSupergraph, startCreatorsSupergraph } from '../support/creators-supergraph.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { createApolloFrontend } from './support/apollo-frontend.ts';
import type { FrontendClient, FrontendOptions, QueryName } from './support/frontend-client.ts';
import { queries } from './support/queries.ts';
import { artifacts, createRelayFrontend } from './support/relay-frontend.ts';
import { createUrqlFrontend } from './support/urql-frontend.ts';

/** The normalized caches of docs/frontends.md, before the real gateway. */

// Without the claims of the example, so that there is something that cannot be decided.
const postern = usePosternServer(useDatabase(), { store: creatorsStore });
let supergraph: CreatorsSupergraph;

beforeAll(async () => {
  const client = createPosternClient({ url: postern().url });
  supergraph = await startCreatorsSupergraph({ client, posternUrl: postern().url });
});
afterAll(() => supergraph?.[Symbol.asyncDispose]());

type Permissions = Readonly<Record<string, boolean>> | null;

interface Entity {
  readonly id: string;
  readonly title: string;
  readonly permissions: Permissions;
}

type Page = { readonly edges: readonly { readonly node: Entity }[] };

/** What one query of the page shows, from its first answer on. */
class Seen {
  readonly all: unknown[] = [];
  #wake = () => {};

  add(data: unknown): void {
    this.all.push(data);
    this.#wake();
  }

  /** The newest that is shown, as soon as the reader is content with it. */
  async until<Shown>(read: (data: never) => Shown, isThere: (shown: Shown) => boolean = () => true): Promise<Shown> {
    for (;;) {
      const shown = this.all.length === 0 ? undefined : read(this.all.at(-1) as never);
      if (shown !== undefined && isThere(shown)) return shown;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

async function change(mutation: 'grantRole' | 'revokeRole'): Promise<void> {
  const input = '{ object: "show:nightshift", role: "episodes_manager", subject: "user:paul" }';
  const { data } = await postern().ask(`mutation { ${mutation}(input: ${input}) { userErrors { code } } }`, {
    as: 'user:tess',
  });
  expect(data).toEqual({ [mutation]: { userErrors: [] } });
}

const clients: readonly (readonly [name: string, create: (options: FrontendOptions) => FrontendClient])[] = [
  ['Apollo Client', createApolloFrontend],
  ['urql', createUrqlFrontend],
  ['Relay', createRelayFrontend],
];

describe.each(clients)('%s', (_name, create) => {
  const open: FrontendClient[] = [];
  afterEach(() => {
    for (const client of open.splice(0)) client.stop();
  });

  async function clientOf(
    subject: string,
  ): Promise<(query: QueryName, id?: string) => Seen & { client: FrontendClient }> {
    const client = create({ url: supergraph.gatewayUrl, token: await postern().token(subject) });
    open.push(client);
    return (query, id) => {
      const seen = new Seen();
      client.watch(query, id === undefined ? {} : { id }, (data) => seen.add(data));
      return Object.assign(seen, { client });
    };
  }

  test('puts together what two queries ask of one object', async () => {
    const watch = await clientOf('user:paul');
    const permissionsOf = ({ show }: { show: Entity }) => show.permissions;
    const editing = watch('editing', 'nightshift');
    await editing.until(permissionsOf, (permissions) => permissions?.canEditEpisode === true);
    const publishing = watch('publishing', 'nightshift');
    await publishing.until(permissionsOf, (permissions) => permissions?.canPublishEpisode === true);
    // What the second one answered did not make the first one ask again.
    const { client } = editing;
    expect([client.has('editing', { id: 'nightshift' }), client.has('publishing', { id: 'nightshift' })]).toEqual([
      true,
      true,
    ]);
  });

  test('keeps objects of different types apart that have the same id', async () => {
    const watch = await clientOf('user:adam');
    const namesakes = watch('namesakes');
    const grantAdmin = ({ edges }: Page) =>
      edges.map(({ node: { id, permissions } }) => [id, permissions?.canGrantAdmin]);
    const shown = await namesakes.until(({ viewer }: { viewer: { labels: Page; organizations: Page } }) => ({
      labels: grantAdmin(viewer.labels),
      organizations: grantAdmin(viewer.organizations),
    }));
    expect(shown.labels).toContainEqual(['northwind', true]);
    expect(shown.organizations).toContainEqual(['northwind', false]);
  });

  test('shows the rest of a page where a permission cannot be decided, which is then neither yes nor no', async () => {
    const watch = await clientOf('user:lou');
    const undecided = watch('undecided', 'tw-1');
    const shown = await undecided.until(({ episode }: { episode: Entity }) => episode);
    expect(shown.title).toBe('Where the Songs Come From');
    expect(knownPermission(shown.permissions, 'canListen')).toBe('unknown');
  });

  test('knows nothing from the moment that a right is taken away, until it is asked again', async () => {
    const watch = await clientOf('user:paul');
    const known = ({ show }: { show: Entity }) => knownPermission(show.permissions, 'canEditEpisode');
    const editing = watch('editing', 'nightshift');
    await editing.until(known, (one) => one === 'allowed');
    await editing.client.follow(['show:nightshift', 'episode:ns-41']);
    await change('revokeRole');
    await editing.until(known, (one) => one === 'denied');
    await change('grantRole');
    await editing.until(known, (one) => one === 'allowed');
    const inTurn = editing.all.map((data) => known(data as never)).filter((one, at, all) => one !== all[at - 1]);
    expect(inTurn).toEqual<Known[]>(['allowed', 'unknown', 'denied', 'unknown', 'allowed']);
  });
});

test('what happened while the studio heard of nothing is found when it hears again', async () => {
  await using proxy = await startTcpProxy(supergraph.gatewayUrl);
  const client = createStudioClient(proxy.url, await postern().token('user:paul'));
  const editing = new Seen();
  client
    .watchQuery({ query: gql(queries.editing), variables: { id: 'nightshift' } })
    .subscribe(({ data }) => editing.add(data));
  const live = new Seen();
  const stop = followPermissions({ client, objects: ['show:nightshift'], onLive: (isLive) => live.add(isLive) });
  const known = (data?: { show: Entity }) => data && knownPermission(data.show.permissions, 'canEditEpisode');
  const itself = (isLive: boolean) => isLive;
  await editing.until(known, (one) => one === 'allowed');
  await live.until(itself, (isLive) => isLive);
  await proxy.cut();
  await live.until(itself, (isLive) => !isLive);
  await change('revokeRole');
  expect(known(editing.all.at(-1) as never)).toBe('allowed');
  await proxy.mend();
  await live.until(itself, (isLive) => isLive);
  await editing.until(known, (one) => one === 'denied');
  await change('grantRole');
  stop();
});

test.each(Object.entries(queries))("Relay's artifact of %s is of the text that the others ask", (name, text) => {
  const compiled = artifacts[name as QueryName].params.text ?? '';
  expect(print(parse(compiled))).toBe(print(parse(text)));
});

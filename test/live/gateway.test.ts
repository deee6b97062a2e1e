import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { fetchSdl } from '../../examples/creators/supergraph/fetch-sdl.ts';
import { startGateway } from '../../examples/creators/supergraph/start-gateway.ts';
import { startSubgraph } from '../../examples/creators/supergraph/start-subgraph.ts';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { endOf, overEvents } from '../support/live-client.ts';
import { write } from '../support/postern.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { changesFrom, changesQuery } from './support/changes-query.ts';

const server = usePosternServer(useDatabase(), { store: office });

const other = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { weather: String }
`);

test('a gateway passes a subscription on, with its events, its errors and its end', async () => {
  await using stack = new AsyncDisposableStack();
  const subgraph = await startSubgraph(buildSubgraphSchema(other));
  stack.defer(() => subgraph.stop());
  const composed = composeSupergraph([
    { name: 'postern', url: server().url, sdl: await fetchSdl(server().url) },
    { name: 'weather', url: subgraph.url, sdl: await fetchSdl(subgraph.url) },
  ]);
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  const gateway = await startGateway({ supergraphSdl: composed.supergraphSdl, port: 0 });
  stack.defer(() => gateway.stop());

  const { postern } = server().running;
  const after = formatConsistencyToken(await write(postern, ['folder:a#owner@user:ann']));
  await write(postern, ['folder:b#owner@user:ann']);
  const token = (await server().running.issuer?.sign('service:ops', 4000)) ?? '';
  const stream = overEvents(gateway.url, changesQuery, { token, variables: { after }, path: '' });
  expect((await changesFrom(stream)).changes[0]?.relationship.object).toBe('folder:b');
  const last = await write(postern, ['folder:c#owner@user:ann']);
  expect((await changesFrom(stream)).consistencyToken).toBe(formatConsistencyToken(last));
  expect(await endOf(stream)).toEqual({ events: 0, codes: ['UNAUTHENTICATED'] });

  const refused = overEvents(gateway.url, changesQuery, { token: await server().token('user:ann'), path: '' });
  expect(await endOf(refused)).toEqual({ events: 0, codes: ['FORBIDDEN'] });
});

import type { GraphQLSchema } from 'graphql';
import type { PosternClient } from '#guard';
import { createAudiobooksSubgraph } from '../../examples/creators/supergraph/audiobooks/create-audiobooks-subgraph.ts';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { fetchSdl } from '../../examples/creators/supergraph/fetch-sdl.ts';
import { createMusicSubgraph } from '../../examples/creators/supergraph/music/create-music-subgraph.ts';
import { createPayoutsSubgraph } from '../../examples/creators/supergraph/payouts/create-payouts-subgraph.ts';
import { createPodcastsSubgraph } from '../../examples/creators/supergraph/podcasts/create-podcasts-subgraph.ts';
import { startGateway } from '../../examples/creators/supergraph/start-gateway.ts';
import { startSubgraph } from '../../examples/creators/supergraph/start-subgraph.ts';
import type { Ide } from '../../src/server/ide/ide.ts';

export interface CreatorsSupergraphOptions {
  /** Whom the guards of the subgraphs ask. */
  readonly client: PosternClient;
  /** Where the gateway finds Postern. */
  readonly posternUrl: string;
  readonly studio?: Ide;
}

export interface CreatorsSupergraph extends AsyncDisposable {
  readonly gatewayUrl: string;
}

/** The example's subgraphs and gateway in this process, before a Postern that runs already. */
export async function startCreatorsSupergraph(options: CreatorsSupergraphOptions): Promise<CreatorsSupergraph> {
  const { client, posternUrl, studio } = options;
  const stack = new AsyncDisposableStack();
  const serve = async (name: string, create: (client: PosternClient) => GraphQLSchema) => {
    const { url, stop } = await startSubgraph(create(client));
    stack.defer(stop);
    return { name, url };
  };
  const served = await Promise.all([
    serve('music', createMusicSubgraph),
    serve('podcasts', createPodcastsSubgraph),
    serve('audiobooks', createAudiobooksSubgraph),
    serve('payouts', createPayoutsSubgraph),
  ]);
  const all = [...served, { name: 'postern', url: posternUrl }];
  const composed = composeSupergraph(
    await Promise.all(all.map(async (one) => ({ ...one, sdl: await fetchSdl(one.url) }))),
  );
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  const gateway = await startGateway({ supergraphSdl: composed.supergraphSdl, port: 0, studio });
  stack.defer(gateway.stop);
  return { gatewayUrl: gateway.url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

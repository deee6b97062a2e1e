import { createPosternClient, type PosternClient } from '@postern/guard';
import type { GraphQLSchema } from 'graphql';
import { createIde } from '../../../src/server/ide/ide.ts';
import { serveStudio } from '../studio/serve-studio.ts';
import { studioSession } from '../studio/studio-session.ts';
import { createAudiobooksSubgraph } from './audiobooks/create-audiobooks-subgraph.ts';
import { composeSupergraph, type Subgraph } from './compose-supergraph.ts';
import { demoCallers } from './demo-callers.ts';
import { fetchSdl } from './fetch-sdl.ts';
import { createMusicSubgraph } from './music/create-music-subgraph.ts';
import { createPayoutsSubgraph } from './payouts/create-payouts-subgraph.ts';
import { createPodcastsSubgraph } from './podcasts/create-podcasts-subgraph.ts';
import type { RunningService } from './running-service.ts';
import { startGateway } from './start-gateway.ts';
import { startPostern } from './start-postern.ts';
import { startSubgraph } from './start-subgraph.ts';

export interface StartDemoOptions {
  /** 0, the default, takes any free port. */
  readonly gatewayPort?: number;
  /** What follows `node` to start Postern; the default serves this example. */
  readonly posternCommand?: readonly string[];
  /** Postern's settings, such as `DATABASE_URL`, on top of this process's own environment. */
  readonly posternEnvironment?: Readonly<Record<string, string>>;
  /** The first start creates a database, so the default is generous: 60 seconds. */
  readonly readyWithinMs?: number;
}

export interface RunningDemo {
  readonly gatewayUrl: string;
  readonly posternUrl: string;
  /** By subgraph: music, podcasts, audiobooks, payouts. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** By subject: `user:eve`. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Ends Postern alone, as an outage does. */
  readonly stopPostern: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const servePostern = ['src/main.ts', 'serve', '--example', 'examples/creators'];

/** Starts Postern, four subgraphs and the gateway before them; when one of them fails, stops the rest and rejects. */
export async function startDemo(options: StartDemoOptions = {}): Promise<RunningDemo> {
  const running: RunningService[] = [];
  const stop = () => stopAll(running);
  try {
    const postern = await startPostern({
      command: options.posternCommand ?? servePostern,
      environment: options.posternEnvironment ?? {},
      readyWithinMs: options.readyWithinMs ?? 60_000,
    });
    running.push(postern);
    const subgraphUrls = await startSubgraphs(createPosternClient({ url: postern.url }), running);
    const supergraphSdl = await composeRunning(new Map([...subgraphUrls, ['postern', postern.url]]));
    const ide = createIde({ title: 'Creators', callers: async () => demoCallers(postern.tokens) });
    const studio = serveStudio(() => studioSession(postern));
    const gateway = await startGateway({ supergraphSdl, port: options.gatewayPort ?? 0, ide, studio });
    running.push(gateway);
    const urls = { gatewayUrl: gateway.url, posternUrl: postern.url, subgraphUrls };
    return { ...urls, tokens: postern.tokens, stopPostern: postern.stop, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSubgraphs(client: PosternClient, running: RunningService[]): Promise<ReadonlyMap<string, string>> {
  const schemas = new Map<string, GraphQLSchema>([
    ['music', createMusicSubgraph(client)],
    ['podcasts', createPodcastsSubgraph(client)],
    ['audiobooks', createAudiobooksSubgraph(client)],
    ['payouts', createPayoutsSubgraph(client)],
  ]);
  const urls = new Map<string, string>();
  for (const [name, schema] of schemas) {
    const subgraph = await startSubgraph(schema);
    running.push(subgraph);
    urls.set(name, subgraph.url);
  }
  return urls;
}

async function composeRunning(urls: ReadonlyMap<string, string>): Promise<string> {
  const subgraphs = await Promise.all(
    [...urls].map(async ([name, url]): Promise<Subgraph> => ({ name, url, sdl: await fetchSdl(url) })),
  );
  const composition = composeSupergraph(subgraphs);
  if (!composition.ok) throw new Error(`The subgraphs do not compose.\n${composition.problems.join('\n')}`);
  return composition.supergraphSdl;
}

/** The last one first, so that nothing calls what has already stopped; each is stopped once. */
async function stopAll(running: RunningService[]): Promise<void> {
  for (let service = running.pop(); service !== undefined; service = running.pop()) await service.stop();
}

import { createLocalParser } from '../src/model/model-parser.ts';
import type { ModelSource } from '../src/model/model-source.ts';
import type { Actor } from '../src/operations/actor.ts';
import { publishModel } from '../src/operations/models/publish-model.ts';
import type { Postern } from '../src/operations/postern.ts';
import { openStore, type PostgresStore } from '../src/store/postgres/open-store.ts';
import { openReplicaStore, type ReplicaStore } from '../src/store/replica/open-replica-store.ts';
import { named } from './relate.ts';

/** As many connections for reading as a server has that was told nothing else. */
export const readConnections = 10;

export const benchActor: Actor = { kind: 'console', command: 'bench' };

/** The engine's whole ground floor on this database, without a server around it. */
export function openPostern(url: string, onStatement?: OnStatement): Postern & { readonly store: PostgresStore } {
  const options = { connections: readConnections, statementTimeoutMs: 60_000 };
  const parser = createLocalParser(() => []);
  const store = openStore(url, onStatement === undefined ? options : { ...options, onStatement }, parser);
  return { store, platform: named('platform', 'main'), report: failLoudly };
}

/** The same with a replica in memory, which is loaded. */
export async function openReplicated(
  url: string,
  onStatement?: OnStatement,
): Promise<Postern & { readonly store: ReplicaStore }> {
  const postern = openPostern(url, onStatement);
  const { store } = postern;
  const report = (message: string, error?: unknown) => error !== undefined && failLoudly(message, error);
  const replicated = openReplicaStore(store, store.openReplicaFeed(), { maxBytes: mostBytes, report });
  await replicated.replica.whenLoaded();
  return { ...postern, store: replicated };
}

type OnStatement = (text: string) => void;

/** Whatever is measured fits. */
const mostBytes = 8 * 2 ** 30;

function failLoudly(message: string, error: unknown): never {
  throw new Error(message, { cause: error });
}

export async function publishExample(postern: Postern, source: ModelSource): Promise<void> {
  const published = await publishModel(postern, benchActor, {
    source,
    activate: true,
    dryRun: false,
    reason: undefined,
  });
  if (!published.ok) throw new Error(`The model was refused: ${JSON.stringify(published.problem)}`);
}

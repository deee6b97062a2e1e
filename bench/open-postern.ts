import { createLocalParser } from '../src/model/model-parser.ts';
import type { ModelSource } from '../src/model/model-source.ts';
import type { Actor } from '../src/operations/actor.ts';
import { publishModel } from '../src/operations/models/publish-model.ts';
import type { Postern } from '../src/operations/postern.ts';
import { openStore } from '../src/store/postgres/open-store.ts';
import { named } from './relate.ts';

/** As many connections for reading as a server has that was told nothing else. */
export const readConnections = 10;

export const benchActor: Actor = { kind: 'console', command: 'bench' };

/** The engine's whole ground floor on this database, without a server around it. */
export function openPostern(url: string, onStatement?: (text: string) => void): Postern {
  const options = { connections: readConnections, statementTimeoutMs: 60_000 };
  return {
    store: openStore(
      url,
      onStatement === undefined ? options : { ...options, onStatement },
      createLocalParser(() => []),
    ),
    platform: named('platform', 'main'),
    report: (message, error) => {
      throw new Error(message, { cause: error });
    },
  };
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

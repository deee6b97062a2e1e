import type { DatabaseConfig } from './database-config.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

export interface OpenDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** The configured database, or the one that comes with Postern. */
export async function openDatabase(
  config: DatabaseConfig,
  onProgress: (sentence: string) => void,
): Promise<OpenDatabase> {
  if (config.kind === 'address') return { url: config.url, stop: async () => {} };
  onProgress(`Starting PostgreSQL with its data in "${config.directory}" …`);
  return startEmbeddedPostgres({ dataDirectory: config.directory, onProgress });
}

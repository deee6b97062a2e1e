import { resolve } from 'node:path';
import type { DatabaseConfig } from './config/database-config.ts';
import type { Role } from './embedded-postgres/marks.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

export type OpenDatabase = EmbeddedPostgres;

/** The configured database, or the one that comes with Postern; which one it is, is said first. */
export async function openDatabase(
  config: DatabaseConfig,
  role: Role,
  onProgress: (sentence: string) => void,
): Promise<OpenDatabase> {
  onProgress(`Database: ${describeDatabase(config)}`);
  if (config.kind === 'address') return { url: config.url, problem: () => undefined, stop: async () => {} };
  return startEmbeddedPostgres({ dataDirectory: config.directory, role, onProgress });
}

/** Which database it is, without anything of its address that may be secret. */
export function describeDatabase(config: DatabaseConfig): string {
  if (config.kind === 'embedded') return `PostgreSQL of its own, with its data in "${resolve(config.directory)}"`;
  // A password with an unescaped "/" could be taken for a path.
  if (/[/?].*@/.test(config.url.slice(config.url.indexOf('//') + 2))) return 'the one of DATABASE_URL';
  const [, hosts = '', name = ''] = /^[a-z]+:\/\/(?:[^/?]*@)?([^/?]*)(?:\/([^?]*))?/.exec(config.url) ?? [];
  return `"${name}" of the PostgreSQL at "${hosts}"`;
}

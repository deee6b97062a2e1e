import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { claimFolder } from './embedded-postgres/claim-folder.ts';
import { findBinaries } from './embedded-postgres/find-binaries.ts';
import { prepareData, readPassword, userName } from './embedded-postgres/prepare-data.ts';
import { runPostgres } from './embedded-postgres/run-postgres.ts';
import { serverAccount } from './embedded-postgres/server-account.ts';

export interface EmbeddedPostgresOptions {
  /** Made when missing. It holds the data, the log of the last run and the mark of the process that uses it. */
  readonly dataDirectory: string;
  /** False gives up safety against a crash of the machine for speed; meant for tests. */
  readonly durable?: boolean;
  readonly onProgress?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes as an npm package, on a free port of 127.0.0.1.
 *
 * One process owns a data directory at a time: a second start is refused while the first one lives, and a
 * Postgres that a killed process left behind is stopped first.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const report = options.onProgress ?? (() => undefined);
  const durable = options.durable ?? true;
  const folder = resolve(options.dataDirectory);
  const data = join(folder, 'data');
  const account = serverAccount(data);
  const binaries = await findBinaries(account, report);
  makeFolder(folder);
  const release = await claimFolder(folder);
  try {
    await prepareData({ binaries, account, folder, data, durable, report });
    const running = await runPostgres({ binaries, account, folder, data, durable, report });
    return {
      url: `postgres://${userName}:${readPassword(data)}@127.0.0.1:${running.port}/postgres`,
      stop: once(() => running.stop().finally(release)),
    };
  } catch (error) {
    release();
    throw error;
  }
}

function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The data directory ${JSON.stringify(folder)} cannot be used: it belongs to the user with the id ` +
        `${statSync(folder).uid}. Start as that user, or remove the directory to begin with an empty database.`,
      { cause: error },
    );
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let started: Promise<void> | undefined;
  return () => {
    started ??= run();
    return started;
  };
}

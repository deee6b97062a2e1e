import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { claimFolder, type JoinedFolder } from './embedded-postgres/claim-folder.ts';
import { findBinaries } from './embedded-postgres/find-binaries.ts';
import type { Role } from './embedded-postgres/marks.ts';
import { prepareData, readPassword, userName } from './embedded-postgres/prepare-data.ts';
import { runPostgres } from './embedded-postgres/run-postgres.ts';
import { serverAccount } from './embedded-postgres/server-account.ts';
import { makeFolder } from './make-folder.ts';

export interface EmbeddedPostgresOptions {
  /** Made when missing. It holds the data, the log of the last run and the mark of the process that uses it. */
  readonly dataDirectory: string;
  /** False gives up safety against a crash of the machine for speed; meant for tests. */
  readonly durable?: boolean;
  readonly onProgress?: (sentence: string) => void;
  /** A command uses the database of the process that runs it already; a server, the default, wants it for itself. */
  readonly role?: Role;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** Why the database is gone, where another process ran it and has ended. */
  problem(): string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes as an npm package, on a free port of 127.0.0.1.
 *
 * One process owns a data directory at a time: a second server is refused while the first one lives, a command joins
 * it, and a Postgres that a killed process left behind is stopped first.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const report = options.onProgress ?? (() => undefined);
  const durable = options.durable ?? true;
  const folder = resolve(options.dataDirectory);
  const data = join(folder, 'data');
  const account = serverAccount(data);
  const binaries = await findBinaries(account, report);
  makeOwnFolder(folder);
  const claim = await claimFolder(folder, options.role ?? 'server', report);
  if (claim.kind === 'joined') return useOpen(claim, data, report);
  try {
    await prepareData({ binaries, account, folder, data, durable, report });
    const running = await runPostgres({ binaries, account, folder, data, durable, report });
    claim.open();
    const stop = () => claim.close().then(running.stop).finally(claim.release);
    return { url: addressOf(data, running.port), problem: () => undefined, stop: once(stop) };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** The database of another process, which has said that it is ready: its port stands in the pid file of Postgres. */
function useOpen(
  { owner, isOpen, release }: JoinedFolder,
  data: string,
  report: (sentence: string) => void,
): EmbeddedPostgres {
  report(`Process ${owner} runs it already; this command uses the same database.`);
  const port = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3] ?? '', 10);
  const ended = `The process ${owner}, which ran the database in ${JSON.stringify(data)}, has ended. Run the command again.`;
  return { url: addressOf(data, port), problem: () => (isOpen() ? undefined : ended), stop: async () => release() };
}

function addressOf(data: string, port: number): string {
  return `postgres://${userName}:${readPassword(data)}@127.0.0.1:${port}/postgres`;
}

function makeOwnFolder(folder: string): void {
  makeFolder(folder, 0o700);
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

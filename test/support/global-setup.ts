import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { buildConsole } from '../../scripts/build-console.mjs';
import { buildGuard } from '../../scripts/build-guard.mjs';
import { processStart } from '../../src/server/embedded-postgres/process-start.ts';
import { startEmbeddedPostgres } from '../../src/server/embedded-postgres.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, as its superuser, and the migrated database that tests clone. */
    readonly testPostgres: { readonly adminUrl: string; readonly template: string };
  }
}

const template = 'postern_template';

/** One real Postgres for all test files of a run; the returned function ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (buildGuard() !== 0) throw new Error('The guard package cannot be built.');
  if (buildConsole() !== 0) throw new Error('The console cannot be built.');
  await removeLeftBehind();
  const dataDirectory = await mkdtemp(join(tmpdir(), `postern-test-${process.pid}-`));
  const server = await startEmbeddedPostgres({ dataDirectory, durable: false });
  const teardown = async (): Promise<void> => {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('testPostgres', { adminUrl: server.url, template });
  return teardown;
}

/** A run that was interrupted or killed could not remove its folder; the number in the name is its process. */
async function removeLeftBehind(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^postern-test-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || processStart(Number(pid)) !== undefined) continue;
    // That of another user stays.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A migrated database that nobody may connect to: a clone fails while someone is connected to its template. */
async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1 });
  try {
    await admin`create database ${admin(template)}`;
    const url = new URL(adminUrl);
    url.pathname = `/${template}`;
    await migrate(url.href);
    await admin`alter database ${admin(template)} with is_template true allow_connections false`;
  } finally {
    await admin.end();
  }
}

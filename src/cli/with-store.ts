import type { Postern } from '../operations/postern.ts';
import type { Config } from '../server/config.ts';
import { claimedParameters } from '../server/identity/token-class.ts';
import { createModelWorker } from '../server/model-worker/create-model-worker.ts';
import { type OpenDatabase, openDatabase } from '../server/open-database.ts';
import { migrate } from '../store/postgres/migrate.ts';
import { openStore } from '../store/postgres/open-store.ts';
import type { Upkeep } from '../store/upkeep.ts';

/**
 * Runs a command on the configured database, migrated, and closes everything behind it. It works while a server runs.
 * What it says about the database goes beside the output: programs read that.
 */
export async function withStore<Value>(
  config: Config,
  print: (line: string) => void,
  run: (postern: Postern, upkeep: Upkeep) => Promise<Value>,
): Promise<Value> {
  return withDatabase(config, (database) => runOn(database, config, print, run));
}

async function withDatabase<Value>(config: Config, run: (database: OpenDatabase) => Promise<Value>): Promise<Value> {
  const database = await openDatabase(config.database, 'command', note);
  try {
    return await run(database);
  } catch (error) {
    const problem = database.problem();
    throw problem === undefined ? error : new Error(problem, { cause: error });
  } finally {
    await database.stop();
  }
}

/** Brings the tables up to date, and tells the database what to keep. */
export async function migrateDatabase(
  config: Config,
  print: (line: string) => void,
  { shareOut }: { readonly shareOut: boolean },
): Promise<void> {
  await withDatabase(config, async ({ url }) => {
    const { done, doubt } = await migrate(url, config.retention.auditMs, shareOut);
    for (const sentence of done) print(sentence);
    if (doubt !== undefined) print(doubt);
    print('The database is up to date.');
  });
}

async function runOn<Value>(
  { url }: OpenDatabase,
  config: Config,
  print: (line: string) => void,
  run: (postern: Postern, upkeep: Upkeep) => Promise<Value>,
): Promise<Value> {
  const { dialect } = await migrate(url);
  const runtimeParameters = claimedParameters(config.tokenClasses ?? []);
  const parser = await createModelWorker(config);
  const store = openStore(url, { dialect, connections: 2, statementTimeoutMs: 60_000, runtimeParameters }, parser);
  try {
    const { platformObject: platform, toxicPairs } = config;
    const postern = { store, platform, toxicPairs, report: (message: string) => print(message) };
    return await run(postern, store.upkeep);
  } finally {
    await store.close();
    await parser.close();
  }
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

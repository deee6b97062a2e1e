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
  const database = await openDatabase(config.database, 'command', note);
  try {
    return await runOn(database, config, print, run);
  } catch (error) {
    const problem = database.problem();
    throw problem === undefined ? error : new Error(problem, { cause: error });
  } finally {
    await database.stop();
  }
}

async function runOn<Value>(
  { url }: OpenDatabase,
  config: Config,
  print: (line: string) => void,
  run: (postern: Postern, upkeep: Upkeep) => Promise<Value>,
): Promise<Value> {
  await migrate(url);
  const runtimeParameters = claimedParameters(config.tokenClasses ?? []);
  const parser = await createModelWorker(config);
  const store = openStore(url, { connections: 2, statementTimeoutMs: 60_000, runtimeParameters }, parser);
  try {
    const postern = { store, platform: config.platformObject, report: (message: string) => print(message) };
    return await run(postern, store.upkeep);
  } finally {
    await store.close();
    await parser.close();
  }
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

import type { Postern } from '../operations/postern.ts';
import type { Config } from '../server/config.ts';
import { openDatabase } from '../server/open-database.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/store.ts';

/** Runs a command on the configured database, migrated, and closes everything behind it. */
export async function withStore<Value>(
  config: Config,
  print: (line: string) => void,
  run: (postern: Postern) => Promise<Value>,
): Promise<Value> {
  const database = await openDatabase(config.database, print);
  try {
    await migrate(database.url);
    const store = openStore(database.url, { connections: 2, statementTimeoutMs: 60_000 });
    try {
      return await run({ store, platform: config.platformObject, report: (message) => print(message) });
    } finally {
      await store.close();
    }
  } finally {
    await database.stop();
  }
}

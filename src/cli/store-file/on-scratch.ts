import { createLocalParser, rememberTexts } from '../../model/model-parser.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import type { Postern } from '../../operations/postern.ts';
import { openStore } from '../../store/postgres/open-store.ts';
import { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

/** Runs on an empty database that is gone afterwards. */
export async function onScratch<Value>(
  databaseUrl: string | undefined,
  print: (line: string) => void,
  run: (postern: Postern, scratch: ScratchDatabase) => Promise<Value>,
): Promise<Value> {
  const platform = parseObjectRef('platform:main');
  if (!platform.ok) throw new Error(platform.problem);
  const scratch = await createScratchDatabase(databaseUrl);
  // A test file is for its own author to wait for, and no server starts with its model.
  const parser = rememberTexts(createLocalParser(() => []));
  const store = openStore(scratch.url, { connections: 2, statementTimeoutMs: 10_000 }, parser);
  try {
    return await run({ store, platform: platform.value, report: (message) => print(message) }, scratch);
  } finally {
    await store.close();
    await scratch.drop();
  }
}

import type { ModelParser } from '../../src/model/model-parser.ts';
import { openStore as open, type PostgresStore, type StoreOptions } from '../../src/store/postgres/open-store.ts';
import { playsCitus } from './play-citus.ts';

export type { PostgresStore, StoreOptions } from '../../src/store/postgres/open-store.ts';

/** Opens a store in the dialect of the run. */
export function openStore(url: string, options: StoreOptions, parser: ModelParser): PostgresStore {
  return open(url, { playsCitus, ...options }, parser);
}

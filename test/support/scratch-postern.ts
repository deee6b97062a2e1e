import { afterAll, beforeAll } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../src/cli/store-file/scratch-database.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { useDatabase } from './database.ts';
import { localParser } from './local-parser.ts';
import { openStore } from './open-store.ts';
import { object } from './parse.ts';
import { playCitus, playsCitus } from './play-citus.ts';

/** A store that is emptied between worlds; open from the first test of the calling file on. */
export interface ScratchPostern {
  readonly postern: Postern;
  /** Where the owner of its tables gets to them. */
  readonly url: string;
  empty(): Promise<void>;
}

export function useScratchPostern(report: Postern['report'] = () => {}, statementTimeoutMs = 10_000): ScratchPostern {
  const databaseUrl = useDatabase();
  let opened: { readonly scratch: ScratchDatabase; readonly postern: Postern } | undefined;
  beforeAll(async () => {
    const scratch = await createScratchDatabase(databaseUrl());
    if (playsCitus) await playCitus(scratch.url);
    const store = openStore(scratch.url, { connections: 2, statementTimeoutMs }, localParser);
    opened = { scratch, postern: { store, platform: object('platform:main'), report } };
  });
  afterAll(async () => {
    await opened?.postern.store.close();
    await opened?.scratch.drop();
  });
  const open = () => {
    if (opened === undefined) throw new Error('The store is open only inside tests and hooks.');
    return opened;
  };
  return {
    get postern() {
      return open().postern;
    },
    get url() {
      return open().scratch.url;
    },
    empty: () => open().scratch.empty(),
  };
}

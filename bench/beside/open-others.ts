import { loadAuthzed } from './authzed-client.ts';
import { openOpenfga } from './openfga.ts';
import type { OtherServer } from './other-server.ts';
import { connectSpicedb, openSpicedb } from './spicedb.ts';

/** The servers that `--beside openfga=http://127.0.0.1:8080` and `--beside spicedb=127.0.0.1:50051` name. */
export async function openOthers(named: readonly string[]): Promise<readonly OtherServer[]> {
  const others: OtherServer[] = [];
  for (const name of named) others.push(await openOther(name));
  return others;
}

async function openOther(named: string): Promise<OtherServer> {
  const [, kind, address] = /^(\w+)=(.+)$/.exec(named) ?? [];
  if (kind === 'openfga' && address !== undefined) {
    return openOpenfga(address, process.env.OPENFGA_TOKEN ?? 'none');
  }
  if (kind === 'spicedb' && address !== undefined) {
    const authzed = await loadAuthzed();
    return openSpicedb(authzed.v1, connectSpicedb(authzed, address, process.env.SPICEDB_TOKEN ?? 'none'));
  }
  throw new Error(
    `--beside is "${named}"; it must be "openfga=http://HOST:PORT" or "spicedb=HOST:PORT" of a server that runs.`,
  );
}

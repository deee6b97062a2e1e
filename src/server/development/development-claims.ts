import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRecord } from '../../base/canonical-json.ts';

/** Keeps the claims of a server's development tokens, so that `postern token` makes the same tokens as the server does. */
export async function rememberClaims(keyFile: string, claims: Readonly<Record<string, unknown>>): Promise<void> {
  await writeFile(claimsFile(keyFile), `${JSON.stringify(claims)}\n`, { mode: 0o600 });
}

/** None where no server has run yet. */
export async function recallClaims(keyFile: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const claims: unknown = JSON.parse(await readFile(claimsFile(keyFile), 'utf8'));
    return isRecord(claims) ? claims : {};
  } catch {
    return {};
  }
}

function claimsFile(keyFile: string): string {
  return join(dirname(keyFile), 'development-claims.json');
}

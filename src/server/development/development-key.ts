import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { isRecord } from '../../base/canonical-json.ts';
import { quote } from '../../base/text-problem.ts';

/** The private Ed25519 key in `file`; made by the first start that needs one. */
export async function readDevelopmentKey(file: string): Promise<JWK> {
  const text = (await readIfThere(file)) ?? (await makeKeyFile(file));
  const key = parseKey(text);
  if (key === undefined) {
    throw new Error(`The file ${quote(file)} holds no development key. Remove it, and the next start makes one.`);
  }
  return key;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Of two servers that start at once both end with the same key: the file appears whole, and only once. */
async function makeKeyFile(file: string): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const draft = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(draft, `${JSON.stringify(await exportJWK(privateKey))}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  return await readFile(file, 'utf8');
}

function parseKey(text: string): JWK | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const { kty, crv, x, d } = value;
    if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string') return undefined;
    return { kty, crv, x, d };
  } catch {
    return undefined;
  }
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

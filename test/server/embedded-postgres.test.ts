import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isReachable } from '../../src/server/embedded-postgres/reachable-copy.ts';
import { query, startHere, stopAll } from './embedded-postgres/start-here.ts';
import { endAllOwners, kill, startOwner } from './embedded-postgres/start-owner.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let top = '';
/** One database that most tests share: making a new one takes most of a second. */
let folder = '';

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'postern-embedded-'));
  folder = join(top, 'used', 'by', 'most');
});

afterEach(async () => {
  await endAllOwners();
  await stopAll();
});

afterAll(() => rm(top, { recursive: true, force: true, maxRetries: 10 }));

test('a new folder becomes a database, and its data survive a stop and a start', async () => {
  const said: string[] = [];
  const first = await startHere(folder, { durable: true, onProgress: (sentence) => said.push(sentence) });
  expect(said).toEqual([`Making a new Postgres database in ${JSON.stringify(folder)}.`]);
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await query(first.url, `create table kept as select 'ünïcode' as word`);
  await Promise.all([first.stop(), first.stop()]);
  await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');

  const second = await startHere(folder);
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'ünïcode' }]);
});

test('the settings are those of the options', async () => {
  const fast = await startHere(folder, { durable: false });
  expect(await settingsOf(fast.url)).toEqual(['127.0.0.1', '', 'UTF8', 'off', 'off', 'off', 'UTC']);
  await fast.stop();
  const durable = await startHere(folder, { durable: true });
  expect(await settingsOf(durable.url)).toEqual(['127.0.0.1', '', 'UTF8', 'on', 'on', 'on', 'UTC']);
});

test('only who knows the password gets in', async () => {
  const server = await startHere(folder);
  for (const password of ['wrong', '']) {
    const url = new URL(server.url);
    url.password = password;
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password/i);
  }
  expect(statSync(join(folder, 'data', 'postern-password')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const rules = readFileSync(join(folder, 'data', 'pg_hba.conf'), 'utf8').split('\n');
  const methods = rules.filter((line) => /^(local|host)/.test(line)).map((line) => line.split(/\s+/).at(-1));
  expect(new Set(methods)).toEqual(new Set(['scram-sha-256']));
});

test('a data directory that is damaged or of somebody else is refused and left alone', async () => {
  const foreign = join(top, 'foreign');
  mkdirSync(join(foreign, 'data'), { recursive: true });
  writeFileSync(join(foreign, 'data', 'precious'), 'text');
  await expect(startHere(foreign)).rejects.toThrow('is not a data directory that Postern made');
  expect(readFileSync(join(foreign, 'data', 'precious'), 'utf8')).toBe('text');
});

test('a failure of Postgres itself is told with the end of its log', async () => {
  const copy = join(top, 'copy');
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'data', 'PG_VERSION'), '9\n');
  await expect(startHere(copy)).rejects.toThrow(/did not start on ".*copy" .*incompatible with server/s);
});

test('without binaries for the platform it names the alternative', async () => {
  const arch = process.arch;
  Object.defineProperty(process, 'arch', { value: 'mips' });
  try {
    await expect(startHere(join(top, 'mips'))).rejects.toThrow(/no embedded Postgres for ".*-mips".* Set DATABASE_URL/);
    expect(existsSync(join(top, 'mips'))).toBe(false);
  } finally {
    Object.defineProperty(process, 'arch', { value: arch });
  }
});

test.runIf(isRoot)('a copy that root made of a folder can be used', async () => {
  const copy = join(top, 'copy-by-root');
  cpSync(folder, copy, { recursive: true });
  const server = await startHere(copy);
  expect(await query(server.url, 'select word from kept')).toEqual([{ word: 'ünïcode' }]);
});

test.runIf(isRoot && isReachable(process.execPath) && isReachable(import.meta.dirname))(
  'it works for an ordinary user, and for root on the folder of that user',
  async () => {
    const theirs = join(mkdtempSync(join(tmpdir(), 'postern-embedded-')), 'data');
    try {
      mkdirSync(theirs);
      chownSync(theirs, nobody, nobody);
      chownSync(join(theirs, '..'), nobody, nobody);
      const owner = await startOwner(theirs, { uid: nobody, gid: nobody });
      expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await kill(owner.process, 'SIGKILL');
      const server = await startHere(theirs);
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
      await startOwner(theirs, { uid: nobody, gid: nobody });
      await expect(startOwner(folder, { uid: nobody, gid: nobody })).rejects.toThrow(/EACCES|belongs to the user/);
    } finally {
      await endAllOwners();
      // The killed owner's Postgres may still be writing.
      await rm(join(theirs, '..'), { recursive: true, force: true, maxRetries: 10 });
    }
  },
);

async function settingsOf(url: string): Promise<readonly unknown[]> {
  const names = ['listen_addresses', 'unix_socket_directories', 'server_encoding', 'fsync', 'synchronous_commit'];
  const all = [...names, 'full_page_writes', 'TimeZone'];
  const rows = await query(url, `select ${all.map((name, index) => `current_setting('${name}') as s${index}`).join()}`);
  return Object.values(rows[0] ?? {});
}

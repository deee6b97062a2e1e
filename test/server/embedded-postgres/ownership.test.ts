import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { query, startHere, stopAll } from './start-here.ts';
import { endAllOwners, isAlive, kill, killWatcher, postmasterOf, spawnOwner, startOwner } from './start-owner.ts';

const isLinux = process.platform === 'linux';

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

test('a second start is refused while the first server lives, whichever process it is in', async () => {
  const owner = await startOwner(folder);
  const refusal = `Another Postern server (process ${owner.process.pid}) uses the data directory`;
  await expect(startHere(folder)).rejects.toThrow(refusal);
  expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await kill(owner.process, 'SIGKILL');

  await startHere(folder);
  await expect(startHere(folder)).rejects.toThrow(`(process ${process.pid})`);
});

test('of several processes that start at once exactly one gets the folder', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 3 }, () => startOwner(folder)));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
});

test.runIf(isLinux)('a Postgres that a killed server left behind is stopped first', async () => {
  const owner = await startOwner(folder);
  await query(owner.url, `create table left_behind as select 'acknowledged' as word`);
  const orphan = postmasterOf(folder);
  killWatcher(owner.process);
  await kill(owner.process, 'SIGKILL');
  expect(isAlive(orphan)).toBe(true);

  const said: string[] = [];
  const server = await startHere(folder, { onProgress: (sentence) => said.push(sentence) });
  expect(said).toEqual([`Stopping the Postgres server (process ${orphan}) that an earlier run left behind.`]);
  expect(isAlive(orphan)).toBe(false);
  expect(await query(server.url, 'select word from left_behind')).toEqual([{ word: 'acknowledged' }]);
});

test.each(['SIGKILL', 'SIGTERM'] as const)('Postgres ends with a server that dies of %s', async (signal) => {
  const owner = await startOwner(folder);
  const pid = postmasterOf(folder);
  await kill(owner.process, signal);
  await untilDead(pid);
});

test.runIf(isLinux)('Postgres ends with a server that exits, even when nothing watches it', async () => {
  const owner = await startOwner(folder);
  const pid = postmasterOf(folder);
  killWatcher(owner.process);
  // The owner answers this signal with process.exit().
  await kill(owner.process, 'SIGUSR2');
  await untilDead(pid);
});

test('Postgres is not in the process group of the server, which Ctrl-C signals', async () => {
  await startHere(folder);
  const group = (pid: number): string =>
    execFileSync('/bin/ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  expect(group(postmasterOf(folder))).not.toBe(group(process.pid));
});

test('a pid file whose id belongs to another program by now does no harm, to us or to that program', async () => {
  const bystander = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  writeFileSync(join(folder, 'data', 'postmaster.pid'), `${bystander.pid}\n${folder}\n`);
  await startHere(folder);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  await kill(bystander, 'SIGKILL');
});

test('an interrupted making of the data is removed and done again', async () => {
  const broken = join(top, 'interrupted');
  const owner = spawnOwner(broken);
  await vi.waitFor(() => expect(unfinished(broken)).toContain('PG_VERSION'), { timeout: 10_000, interval: 5 });
  await kill(owner, 'SIGKILL');
  expect(existsSync(join(broken, 'data'))).toBe(false);

  const server = await startHere(broken);
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(readdirSync(broken).filter((name) => name.startsWith('unfinished-'))).toEqual([]);
});

async function untilDead(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000, interval: 20 });
}

/** The names inside of the data that are being made. */
function unfinished(dataDirectory: string): readonly string[] {
  return readdirSync(dataDirectory)
    .map((name) => join(dataDirectory, name))
    .filter((path) => path.includes('unfinished-') && statSync(path).isDirectory())
    .flatMap((path) => readdirSync(path));
}

import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { query, startHere, stopAll } from './start-here.ts';
import { endAllOwners, isAlive, kill, postmasterOf, startOwner } from './start-owner.ts';

let top = '';
/** One database that all tests share: making a new one takes most of a second. */
let folder = '';

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'postern-joining-'));
  folder = join(top, 'postgres');
});

afterEach(async () => {
  await endAllOwners();
  await stopAll();
});

afterAll(() => rm(top, { recursive: true, force: true, maxRetries: 10 }));

const one = [{ one: 1 }];

function marks(kind: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
}

test('a command uses the database of the server that runs, and leaves it running', async () => {
  const server = await startOwner(folder);
  const said: string[] = [];
  const command = await startHere(folder, { role: 'command', onProgress: (sentence) => said.push(sentence) });
  expect(said).toEqual([`Process ${server.process.pid} runs it already; this command uses the same database.`]);
  expect(command.url).toBe(server.url);
  expect(await query(command.url, 'select 1 as one')).toEqual(one);
  expect(command.problem()).toBeUndefined();
  await command.stop();
  expect(marks('guest')).toEqual([]);
  expect(await query(server.url, 'select 1 as one')).toEqual(one);
});

test('commands that start at once all get the database: one runs it, and stays until the others have left', async () => {
  const commands = await Promise.all([1, 2, 3].map(() => startOwner(folder, {}, 'command')));
  expect(new Set(commands.map(({ url }) => url)).size).toBe(1);
  const isOwner = ({ process: { pid } }: (typeof commands)[number]) => marks('owner')[0]?.includes(`-${pid}-`) ?? false;
  const [owner] = commands.filter(isOwner);
  const [first, second] = commands.filter((command) => !isOwner(command));
  if (owner === undefined || first === undefined || second === undefined) throw new Error('There is no owner.');
  const ended = once(owner.process, 'exit');
  owner.process.kill('SIGUSR1');
  await vi.waitFor(() => expect(marks('leaving')).toHaveLength(1), { timeout: 10_000, interval: 5 });
  expect(await query(first.url, 'select 1 as one')).toEqual(one);
  await kill(first.process, 'SIGUSR1');
  expect(await query(second.url, 'select 1 as one')).toEqual(one);
  await kill(second.process, 'SIGUSR1');
  await ended;
  await expect(query(second.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  expect([...marks('owner'), ...marks('guest'), ...marks('open'), ...marks('leaving')]).toEqual([]);
});

test('a server waits for the command that runs the database, and has it for itself then', async () => {
  const command = await startOwner(folder, {}, 'command');
  const said: string[] = [];
  const starting = startHere(folder, { onProgress: (sentence) => said.push(sentence) });
  await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 10_000, interval: 5 });
  expect(said[0]).toBe(`Waiting for another command (process ${command.process.pid}) that uses the data directory.`);
  await kill(command.process, 'SIGUSR1');
  const server = await starting;
  expect(server.url).not.toBe(command.url);
  expect(await query(server.url, 'select 1 as one')).toEqual(one);
});

test('a server that ends lets a command finish, and nobody new in', async () => {
  const server = await startHere(folder);
  const command = await startOwner(folder, {}, 'command');
  expect(command.url).toBe(server.url);
  const stopping = server.stop();
  expect(await query(command.url, 'select 1 as one')).toEqual(one);
  const late = startHere(folder, { role: 'command' });
  await kill(command.process, 'SIGUSR1');
  await stopping;
  expect(await query((await late).url, 'select 1 as one')).toEqual(one);
  await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test('a killed command holds nobody up', async () => {
  const server = await startHere(folder);
  const command = await startOwner(folder, {}, 'command');
  await kill(command.process, 'SIGKILL');
  expect(marks('guest')).toHaveLength(1);
  await server.stop();
  expect(marks('guest')).toEqual([]);
});

test('a command whose server was killed is told so, and the next one starts the database anew', async () => {
  const server = await startOwner(folder);
  const postgres = postmasterOf(folder);
  const command = await startHere(folder, { role: 'command' });
  await kill(server.process, 'SIGKILL');
  expect(command.problem()).toBe(
    `The process ${server.process.pid}, which ran the database in ${JSON.stringify(join(folder, 'data'))}, has ended. ` +
      'Run the command again.',
  );
  await command.stop();
  const next = await startHere(folder, { role: 'command' });
  expect(next.url).not.toBe(server.url);
  expect(isAlive(postgres)).toBe(false);
  expect(await query(next.url, 'select 1 as one')).toEqual(one);
});

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const module = new URL('../../../src/server/embedded-postgres.ts', import.meta.url);
const started: ChildProcess[] = [];

export interface Owner {
  readonly process: ChildProcess;
  readonly url: string;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Another process that starts Postgres on `dataDirectory`, prints the address and waits for the end of this one. */
export function spawnOwner(dataDirectory: string, account: Account = {}, role = 'server'): ChildProcess {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module.href)});
    process.on('SIGUSR2', () => process.exit(0));
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDirectory, durable: false, role })});
    console.log(server.url);
    process.on('SIGUSR1', () => server.stop().then(() => process.exit(0)));
    process.stdin.on('end', () => process.exit(0)).resume();`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: '/',
    ...account,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  started.push(owner);
  return owner;
}

export async function startOwner(dataDirectory: string, account: Account = {}, role = 'server'): Promise<Owner> {
  const owner = spawnOwner(dataDirectory, account, role);
  let complaint = '';
  owner.stderr?.on('data', (chunk) => (complaint += String(chunk)));
  if (owner.stdout === null) throw new Error('The owner has no output.');
  for await (const url of createInterface(owner.stdout)) return { process: owner, url };
  throw new Error(`The owner gave no address: ${complaint}`);
}

export async function endAllOwners(): Promise<void> {
  for (const owner of started.splice(0)) await kill(owner, 'SIGKILL');
}

export async function kill(owner: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (owner.exitCode !== null || owner.signalCode !== null) return;
  const ended = once(owner, 'exit');
  owner.kill(signal);
  await ended;
}

/** The shell that would stop Postgres after the end of its owner. */
export function killWatcher(owner: ChildProcess): void {
  const children = execFileSync('/bin/ps', ['-o', 'pid=,comm=', '--ppid', String(owner.pid)], { encoding: 'utf8' });
  const watcher = children.split('\n').find((line) => line.trim().endsWith(' sh'));
  process.kill(Number.parseInt(watcher ?? '', 10), 'SIGKILL');
}

export function postmasterOf(dataDirectory: string): number {
  return Number.parseInt(readFileSync(join(dataDirectory, 'data', 'postmaster.pid'), 'utf8'), 10);
}

export function isAlive(pid: number): boolean {
  try {
    const state = execFileSync('/bin/ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return !state.startsWith('Z');
  } catch {
    return false;
  }
}

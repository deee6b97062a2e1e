import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, signalProcess } from './end-process.ts';
import { freePort } from './free-port.ts';
import { endOfLog, openLog, postgresLog } from './postgres-log.ts';
import type { PostgresPlan } from './prepare-data.ts';
import { ownNameOfData, serverEnvironment } from './server-account.ts';
import { stopLeftBehind } from './stop-left-behind.ts';
import { watchParent } from './watch-parent.ts';

export interface RunningPostgres {
  readonly port: number;
  stop(): Promise<void>;
}

/** Runs Postgres on the data until `stop`, or until this process ends in whatever way. */
export async function runPostgres(plan: PostgresPlan): Promise<RunningPostgres> {
  for (let attempt = 1; ; attempt++) {
    await stopLeftBehind(plan.data, plan.report);
    const port = await freePort();
    const child = spawnPostgres(plan, port);
    const release = bindToParent(child, plan.data);
    const problem = await untilReady(child, plan.data);
    if (problem === undefined) return { port, stop: stopper(child, plan, release) };
    release();
    const log = endOfLog(plan.folder);
    if (attempt === attempts || !passing.test(log)) {
      throw new Error(`Postgres did not start on ${JSON.stringify(plan.folder)} (${problem}): ${log}`);
    }
    await sleep(200);
  }
}

const attempts = 5;
/** Someone took the port in between, or the workers of a killed server are about to end. */
const passing = /could not bind|shared memory block|lock file "postmaster\.pid"/;

/** In a session of its own: Ctrl-C in a terminal must reach Postern, which drains, and not Postgres directly. */
function spawnPostgres(plan: PostgresPlan, port: number): ChildProcess {
  const log = openLog(plan.folder);
  const child = spawn(
    plan.binaries.postgres,
    ['-D', ownNameOfData(plan.data, plan.account), ...settings(port, plan.durable).flatMap((set) => ['-c', set])],
    { cwd: plan.data, ...plan.account, env: serverEnvironment, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  child.unref();
  return child;
}

function settings(port: number, durable: boolean): readonly string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'logging_collector=off',
    'log_checkpoints=off',
    'timezone=UTC',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
}

/** Makes sure that the server ends with this process; the returned function lifts that again. */
function bindToParent(child: ChildProcess, data: string): () => void {
  const pid = child.pid;
  if (pid === undefined) return () => undefined;
  const unwatch = watchParent(data, pid);
  const onExit = (): void => void signalProcess(pid, 'SIGINT');
  const release = (): void => {
    unwatch();
    process.off('exit', onExit);
  };
  process.once('exit', onExit);
  child.once('exit', release);
  return release;
}

/** What stops the server; until then, an end of the server is reported. */
function stopper(child: ChildProcess, plan: PostgresPlan, release: () => void): () => Promise<void> {
  const onEnd = (): void =>
    plan.report(
      `Postgres has ended on its own; ${JSON.stringify(postgresLog(plan.folder))} may say why. Next: end this process and start it again.`,
    );
  child.once('exit', onEnd);
  return async () => {
    child.off('exit', onEnd);
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (!hasEnded && child.pid !== undefined) await endProcess(child.pid);
    release();
  };
}

/** What is wrong, or undefined once the server takes connections; it says so in line 8 of its pid file. */
async function untilReady(child: ChildProcess, data: string): Promise<string | undefined> {
  let problem: string | undefined;
  child.once('error', (error) => (problem = error.message));
  child.once('exit', (code, signal) => (problem = `it ended with ${code ?? signal}`));
  const deadline = performance.now() + 60_000;
  while (problem === undefined) {
    if (isReady(data, child.pid)) return undefined;
    if (performance.now() > deadline && child.pid !== undefined) {
      await endProcess(child.pid);
      return 'it took longer than a minute';
    }
    await sleep(5);
  }
  return problem;
}

function isReady(data: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLosablePostgres } from '../../support/losable-postgres.ts';
import type { SoakRun } from '../run-soak.ts';
import { Counts } from './counts.ts';
import { failOverBehind, failOverInStep, loseStandby, type Outcome } from './fail-over.ts';
import { findLoss } from './find-loss.ts';
import { Load } from './load.ts';
import { runServer, type SoakServer } from './run-server.ts';
import { mostRecoveryMs, untilAnswered } from './until-answered.ts';

/** What needs a place of its own. */
export interface OwnFault {
  readonly name: string;
  readonly happen: (run: SoakRun) => Promise<Outcome>;
}

export const ownFaults: readonly OwnFault[] = [
  { name: 'fail-over to a synchronous standby under load', happen: failOverInStep },
  { name: 'the synchronous standby is gone for 15 s', happen: loseStandby },
  { name: 'fail-over to a standby that had lost a write', happen: failOverBehind },
  { name: 'a server is told to end under load, behind a balancer', happen: endUnderLoad },
  { name: 'two servers start at once on an empty database', happen: (run) => startAtOnce(run, 2) },
  { name: 'five servers start at once on an empty database', happen: (run) => startAtOnce(run, 5) },
  { name: 'the disk of the database is full for 10 s', happen: fillDisk },
];

/** Two servers, of which the balancer asks only those that say they are ready; one is replaced after the other. */
async function endUnderLoad({ folder, storeFile, world }: SoakRun): Promise<Outcome> {
  const database = await startLosablePostgres(join(folder, 'postgres-ending'));
  const servers = [await runServer({ databaseUrl: database.url, folder, storeFile })];
  servers.push(await runServer({ databaseUrl: database.url, folder }));
  let ready: readonly SoakServer[] = [...servers];
  let next = 0;
  const balancer = setInterval(async () => {
    const answers = await Promise.all(servers.map((server) => isReady(server)));
    ready = servers.filter((_, index) => answers[index]);
  }, 100);
  const counts = new Counts();
  const load = new Load({ world, counts, server: () => ready[next++ % ready.length] ?? (servers[0] as SoakServer) });
  load.start({ followers: 0 });
  const ends: string[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await sleep(1500);
    const fresh = await runServer({ databaseUrl: database.url, folder });
    const [old] = servers;
    servers.push(fresh);
    if (old === undefined) continue;
    const { ms, code } = await old.stop();
    servers.shift();
    ends.push(`${Math.round(ms)} ms with ${code}`);
  }
  await load.stop();
  clearInterval(balancer);
  await Promise.all(servers.map((server) => server.stop()));
  const loss = await findLoss(database.url, load.written);
  await database.stop();
  const cut = [...counts.refused.keys()].filter((code) => code !== 'OVERLOADED');
  const isWell =
    counts.wrongs === 0 && loss.length === 0 && cut.length === 0 && ends.every((end) => end.endsWith('with 0'));
  return { isWell, sentence: `${counts.toString()}; ${loss.length} lost; ended in ${ends.join(', ')}` };
}

async function isReady({ url }: SoakServer): Promise<boolean> {
  return fetch(new URL('/health/ready', url)).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function startAtOnce({ folder }: SoakRun, count: number): Promise<Outcome> {
  const database = await startLosablePostgres(join(folder, `postgres-empty-${count}`));
  const start = performance.now();
  const starting = Array.from({ length: count }, () => runServer({ databaseUrl: database.url, folder, workers: 1 }));
  const started = await Promise.allSettled(starting);
  const ms = performance.now() - start;
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const said = await Promise.all(running.map(readinessOf));
  await Promise.all(running.map((server) => server.stop()));
  await database.stop();
  // All is there but a model, which is for people to publish.
  const good = said.filter((reason) => reason === 'No authorization model is active.').length;
  return {
    isWell: good === count,
    sentence: `${good} of ${count} lack nothing but a model, ${Math.round(ms)} ms later`,
  };
}

async function readinessOf({ url }: SoakServer): Promise<string | undefined> {
  const answer = await fetch(new URL('/health/ready', url)).then((response) => response.json());
  return (answer as { readonly reason?: string }).reason;
}

/** On a disk of its own, which only an administrator of the machine can make. */
async function fillDisk({ folder, storeFile, world }: SoakRun): Promise<Outcome> {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return { isWell: true, sentence: 'NOT TRIED: no disk of its own can be made here' };
  }
  try {
    return await withDisk(disk, { folder, storeFile, world });
  } finally {
    execFileSync('umount', ['-l', disk], { stdio: 'ignore' });
  }
}

async function withDisk(disk: string, { folder, storeFile, world }: Omit<SoakRun, 'print'>): Promise<Outcome> {
  const database = await startLosablePostgres(join(disk, 'postgres'));
  const server = await runServer({ databaseUrl: database.url, folder, storeFile });
  const counts = new Counts();
  const load = new Load({ world, counts, server: () => server });
  load.start();
  await sleep(2000);
  const filler = join(disk, 'filler');
  await fill(filler);
  await sleep(10_000);
  await rm(filler);
  const recoveryMs = await untilAnswered(server);
  await load.stop();
  const loss = await findLoss(database.url, load.written);
  const { code } = await server.stop();
  await database.stop();
  const isWell = counts.wrongs === 0 && loss.length === 0 && recoveryMs <= mostRecoveryMs && code === 0;
  return { isWell, sentence: `${counts.toString()}; ${loss.length} lost; recovery ${Math.round(recoveryMs)} ms` };
}

/** To the last byte. */
async function fill(file: string): Promise<void> {
  const piece = Buffer.alloc(2 ** 20);
  for (let size = piece.length; size >= 4096; ) {
    await writeFile(file, piece.subarray(0, size), { flag: 'a' }).catch(() => {
      size /= 4;
    });
  }
}

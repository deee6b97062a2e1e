import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLosablePostgres } from '../support/losable-postgres.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { SoakRun } from './run-soak.ts';
import { Counts } from './support/counts.ts';
import { findLoss } from './support/find-loss.ts';
import { Load } from './support/load.ts';
import { type LongFault, longFaults } from './support/long-faults.ts';
import { ownFaults } from './support/own-faults.ts';
import { runServer } from './support/run-server.ts';
import { mostRecoveryMs, untilAnswered } from './support/until-answered.ts';

/** Lets each long fault happen under load; whether nothing was wrong or lost, and all was well again in time. */
export async function runFaults(run: SoakRun, only: string): Promise<boolean> {
  let isWell = true;
  for (const fault of longFaults.filter(({ name }) => name.includes(only))) {
    isWell = (await runFault(run, fault)) && isWell;
  }
  for (const { name, happen } of ownFaults.filter((one) => one.name.includes(only))) {
    const { isWell: isThis, sentence } = await happen(run);
    run.print(`${isThis ? 'well' : 'WRONG'}  ${name}: ${sentence}`);
    isWell = isThis && isWell;
  }
  return isWell;
}

async function runFault({ folder, storeFile, world, print }: SoakRun, { name, happen }: LongFault): Promise<boolean> {
  const own = join(folder, name.replaceAll(/\W+/g, '-'));
  const database = await startLosablePostgres(join(own, 'postgres'));
  const scene = { folder: own, database, proxy: await startTcpProxy(database.url) };
  const server = await runServer({ databaseUrl: scene.proxy.url, folder, storeFile });
  const counts = new Counts();
  const load = new Load({ world, counts, server: () => server });
  load.start();
  await sleep(2000);
  await happen(scene);
  const recoveryMs = await untilAnswered(server);
  await sleep(2000);
  await load.stop();
  const loss = await findLoss(scene.database.url, load.written);
  const { code, ms } = await server.stop();
  await scene.proxy[Symbol.asyncDispose]();
  await scene.database.stop();
  const isWell = counts.wrongs === 0 && loss.length === 0 && recoveryMs <= mostRecoveryMs && code === 0;
  for (const sentence of [...counts.wrong, ...loss].slice(0, 10)) print(`WRONG: ${sentence}`);
  const refusal = `slowest refusal ${Math.round(counts.slowestRefusalMs)} ms`;
  const end = `recovery ${Math.round(recoveryMs)} ms; ended in ${Math.round(ms)} ms with ${code}`;
  print(`${isWell ? 'well' : 'WRONG'}  ${name}: ${counts.toString()}; ${loss.length} writes lost; ${refusal}; ${end}`);
  return isWell;
}

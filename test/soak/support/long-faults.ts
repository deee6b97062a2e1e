import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LosablePostgres, startLosablePostgres } from '../../support/losable-postgres.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import type { TcpProxy } from '../../support/tcp-proxy.ts';

/** What a fault can do something to; a server reaches the database through the proxy. */
export interface Scene {
  readonly folder: string;
  readonly proxy: TcpProxy;
  database: LosablePostgres;
}

export interface LongFault {
  readonly name: string;
  /** Returns when it is over, and all should be well again. */
  readonly happen: (scene: Scene) => Promise<void>;
}

export const longFaults: readonly LongFault[] = [
  { name: 'the database is killed five times', happen: (scene) => repeat(5, () => killAndStart(scene)) },
  { name: 'the database is paused for 5 s', happen: (scene) => pauseFor(scene, 5000) },
  { name: 'the database is paused for 15 s', happen: (scene) => pauseFor(scene, 15_000) },
  {
    name: 'all sessions are ended, again and again for 20 s',
    happen: (scene) => during(20_000, () => endSessions(scene)),
  },
  {
    name: 'each connection is reset in the middle, for 15 s',
    happen: async ({ proxy }) => {
      proxy.resetEachAfter(() => randomInt(1, 60_000));
      proxy.reset();
      await sleep(15_000);
      proxy.resetEachAfter(() => Number.POSITIVE_INFINITY);
      proxy.reset();
    },
  },
  {
    name: 'the network swallows everything for 10 s',
    happen: async ({ proxy }) => {
      proxy.freeze();
      await sleep(10_000);
      await proxy.mend();
    },
  },
  {
    name: 'the database refuses connections for 10 s',
    happen: async ({ proxy }) => {
      await proxy.cut();
      await sleep(10_000);
      await proxy.mend();
    },
  },
  {
    name: 'each answer of the database is late by 500 ms, for 10 s',
    happen: async ({ proxy }) => {
      proxy.delay(500);
      await sleep(10_000);
      proxy.delay(0);
    },
  },
  {
    name: 'all connections are half open, as the other side has forgotten them',
    happen: async ({ proxy }) => {
      proxy.forget();
      // Until a server has given up what it waits for in vain.
      await sleep(10_000);
    },
  },
  { name: 'the tables of the store are locked for 5 s', happen: (scene) => lockFor(scene, 5000) },
];

async function repeat(times: number, run: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < times; turn++) await run();
}

async function during(ms: number, run: () => Promise<void>): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await run();
    await sleep(randomInt(50, 300));
  }
}

async function killAndStart(scene: Scene): Promise<void> {
  await sleep(randomInt(100, 1500));
  await scene.database.kill();
  scene.database = await startLosablePostgres(join(scene.folder, 'postgres'));
  scene.proxy.leadTo(scene.database.url);
}

async function pauseFor({ database }: Scene, ms: number): Promise<void> {
  await database.pause();
  await sleep(ms);
  await database.resume();
}

async function endSessions({ database }: Scene): Promise<void> {
  const owner = connectAsOwner(database.url, 1);
  await owner`
    select pg_terminate_backend(pid) from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()`.catch(() => undefined);
  await owner.end();
}

async function lockFor({ database }: Scene, ms: number): Promise<void> {
  const owner = connectAsOwner(database.url, 1);
  await owner.begin(async (sql) => {
    await sql`lock table relationship, store in access exclusive mode`;
    await sleep(ms);
  });
  await owner.end();
}

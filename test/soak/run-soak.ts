import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLosablePostgres } from '../support/losable-postgres.ts';
import { startCountingWay } from './support/counting-way.ts';
import { Counts } from './support/counts.ts';
import { findLoss } from './support/find-loss.ts';
import { Load } from './support/load.ts';
import { runServer } from './support/run-server.ts';
import type { SoakWorld } from './support/soak-world.ts';
import { judgeGrowth, type Sample, takeSample } from './support/watch-growth.ts';

export interface SoakRun {
  readonly folder: string;
  readonly storeFile: string;
  readonly world: SoakWorld;
  readonly print: (line: string) => void;
}

/** Asks one server everything at once for a while; whether nothing was wrong, lost or refused, and nothing has grown. */
export async function runSoak({ folder, storeFile, world, print }: SoakRun, minutes: number): Promise<boolean> {
  const database = await startLosablePostgres(join(folder, 'postgres'));
  const way = await startCountingWay(database.url);
  const server = await runServer({ databaseUrl: way.url, folder, storeFile });
  const counts = new Counts();
  const load = new Load({ world, counts, server: () => server });
  load.start();
  const samples: Sample[] = [];
  const end = performance.now() + minutes * 60_000;
  const { metricsUrl } = server;
  const sampled = { metricsUrl, databaseUrl: database.url, mostStatements: () => way.mostStatements() };
  while (performance.now() < end) {
    await sleep(Math.max(1000, Math.min(10_000, (minutes * 60_000) / 30)));
    const sample = await takeSample(sampled);
    samples.push(sample);
    print(`${Math.round((end - performance.now()) / 1000)} s left: ${describe(sample)}; ${counts.toString()}`);
  }
  await load.stop();
  const loss = await findLoss(database.url, load.written);
  const stopped = await server.stop();
  await way[Symbol.asyncDispose]();
  await database.stop();
  return conclude({ counts, samples, loss, code: stopped.code, print });
}

interface Conclusion {
  readonly counts: Counts;
  readonly samples: readonly Sample[];
  readonly loss: readonly string[];
  readonly code: number | null;
  readonly print: (line: string) => void;
}

function conclude({ counts, samples, loss, code, print }: Conclusion): boolean {
  const growth = judgeGrowth(samples);
  for (const { what, from, to, isTooMuch } of growth)
    print(
      `${what}: ${from.toFixed(1)} in the second third, ${to.toFixed(1)} in the last${isTooMuch ? ': IT GROWS' : ''}`,
    );
  for (const sentence of [...counts.wrong, ...loss]) print(`WRONG: ${sentence}`);
  print(
    `${counts.toString()}; ${loss.length} writes lost; slowest answer ${Math.round(counts.slowestAnswerMs)} ms; exit ${code}`,
  );
  const isGrowing = growth.some(({ isTooMuch }) => isTooMuch);
  return counts.wrongs === 0 && counts.refused.size === 0 && loss.length === 0 && code === 0 && !isGrowing;
}

function describe({ rssMb, heapMb, connections, statements }: Sample): string {
  return `${Math.round(rssMb)} MB (heap ${Math.round(heapMb)} MB), ${connections} sessions with up to ${statements} statements`;
}

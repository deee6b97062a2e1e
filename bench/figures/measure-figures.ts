import { describeMachine } from '../describe-machine.ts';
import { openReplicated } from '../open-postern.ts';
import { type PreparedDatabase, prepareDatabase } from '../prepare-database.ts';
import type { BenchOptions } from '../read-options.ts';
import type { Measurement } from '../report.ts';
import { runScenarios } from '../run-scenarios.ts';
import type { FiguresReport, Grown, ReplicaMemory } from './figures-report.ts';
import { figureParts } from './figures-to-reach.ts';
import { measureBulk } from './measure-bulk.ts';
import { measureStorage } from './measure-storage.ts';

type Say = (sentence: string) => void;

/** Measures everything that a figure to reach is about. */
export async function measureFigures(options: BenchOptions, say: Say): Promise<FiguresReport> {
  const { relationships, seed, seconds } = options;
  const main = await withDatabase(relationships, options, say, async (database) => {
    const machine = await describeMachine(database.url);
    const storage = await measureStorage(database.url);
    const replica = await measureReplica(database.url, storage.relationships);
    const measurements = await runScenarios(database, { ...options, only: figureParts }, say);
    say('Writing in bulk …');
    const bulk = await measureBulk(database.url, seconds);
    const parentShare = database.data.parentEdges / database.data.relationships.length;
    return { machine, data: { relationships, seed, parentShare }, measurements, storage, replica, bulk };
  });
  const growth: Grown[] = [];
  for (const size of options.growth) growth.push(await grow(size, main.measurements, options, say));
  return { kind: 'figures', takenAt: new Date().toISOString(), ...main, growth };
}

/** As the replica itself counts it, which is what its budget is held against. */
async function measureReplica(url: string, relationships: number): Promise<ReplicaMemory> {
  const { store } = await openReplicated(url);
  const { bytes } = store.replica;
  await store.close();
  return { relationships, bytes };
}

/** A page among so many relationships; what was measured already is not measured again. */
async function grow(size: number, known: readonly Measurement[], options: BenchOptions, say: Say): Promise<Grown> {
  const only = ['page-50x10/1'];
  if (size === options.relationships) {
    return {
      relationships: size,
      measurements: known.filter((one) => one.scenario === 'page-50x10' && 'inFlight' in one),
    };
  }
  const measurements = await withDatabase(size, options, say, (database) =>
    runScenarios(database, { ...options, only }, say),
  );
  return { relationships: size, measurements };
}

async function withDatabase<Value>(
  relationships: number,
  { seed }: BenchOptions,
  say: Say,
  use: (database: PreparedDatabase) => Promise<Value>,
): Promise<Value> {
  say(`${relationships.toLocaleString('en')} relationships …`);
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed }, say);
  try {
    return await use(database);
  } finally {
    await database.drop();
  }
}

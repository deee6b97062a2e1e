import { isDeepStrictEqual } from 'node:util';
import type { BenchLevel, PreparedRequests } from './bench-level.ts';
import { type ChosenRequest, chooseRequests } from './choose-requests.ts';
import { meanOf } from './count-statements.ts';
import { databaseCpuOf } from './database-cpu.ts';
import { openEngineLevel, openReplicaLevel } from './engine-level.ts';
import { openHttpLevel } from './http-level.ts';
import { type CpuUse, measure } from './measure.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { BenchOptions } from './read-options.ts';
import { type Level, type Load, type Measured, type Measurement, nameOf } from './report.ts';
import { allScenarios } from './scenarios/all-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** Measures everything that was asked for, one after the other. */
export async function runScenarios(
  database: PreparedDatabase,
  options: BenchOptions,
  onProgress: (sentence: string) => void,
): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  const engine = await openEngineLevel(database.url);
  const databaseCpu = await databaseCpuOf(database.url);
  const runAll = async (name: Level, level: BenchLevel) => {
    for (const scenario of allScenarios) {
      const wanted = wantedLoads(options, name, scenario);
      if (wanted.length === 0) continue;
      onProgress(`Measuring ${name}/${scenario.name} …`);
      const chosen = await chooseRequests(engine, database, scenario, options.requests);
      measurements.push(...(await runScenario({ name, level, scenario, chosen, databaseCpu }, options, wanted)));
    }
  };
  try {
    await runAll('engine', engine);
    for (const [name, open] of [
      ['replica', openReplicaLevel],
      ['http', openHttpLevel],
    ] as const) {
      if (!allScenarios.some((scenario) => wantedLoads(options, name, scenario).length > 0)) continue;
      const level = await open(database.url);
      await runAll(name, level).finally(() => level.close());
    }
  } finally {
    await engine.close();
  }
  return measurements;
}

/** The scenarios of which anything is to be measured. */
export function wantedScenarios(options: BenchOptions): readonly Scenario[] {
  return allScenarios.filter((scenario) =>
    scenario.levels.some((level) => wantedLoads(options, level, scenario).length > 0),
  );
}

/** The loads under which a scenario is to be measured on a level. */
export function wantedLoads({ only, inFlights }: BenchOptions, level: Level, scenario: Scenario): readonly Load[] {
  if (!scenario.levels.includes(level)) return [];
  const { perSecond } = scenario;
  const closed = inFlights.map((inFlight) => ({ inFlight }));
  // In the engine's own process, whoever asks would wait for the engine and not for an instant.
  const loads: readonly Load[] = level !== 'http' || perSecond === undefined ? closed : [...closed, { perSecond }];
  return loads.filter((load) => {
    const name = nameOf({ level, scenario: scenario.name, ...load });
    return only.length === 0 || only.some((part) => `/${name}/`.includes(`/${part}/`));
  });
}

interface Run {
  readonly name: Level;
  readonly level: BenchLevel;
  readonly scenario: Scenario;
  readonly chosen: readonly ChosenRequest[];
  readonly databaseCpu: () => Promise<number | undefined>;
}

/** A scenario on one level, under each load. */
async function runScenario(
  { name, level, scenario, chosen, databaseCpu }: Run,
  options: BenchOptions,
  loads: readonly Load[],
): Promise<readonly Measurement[]> {
  const requests = await level.prepare(chosen.map(({ request }) => request));
  await assertAgreement(requests, chosen);
  const cost = await requests.count();
  const answersPerRequest = meanOf(chosen.map(({ answer }) => answer.entries.length));
  const measurements: Measurement[] = [];
  const cpuUsed = async () => ({ serverMs: await level.cpuUsed(), databaseMs: await databaseCpu() });
  for (const load of loads) {
    const measured = await measureLoop(requests, options, load, cpuUsed);
    measurements.push({ level: name, scenario: scenario.name, ...load, answersPerRequest, ...measured, cost });
  }
  return measurements;
}

/** Each level answers as the engine did when the requests were chosen. */
async function assertAgreement(requests: PreparedRequests, chosen: readonly ChosenRequest[]): Promise<void> {
  for (const [index, { answer }] of chosen.entries()) {
    if (!isDeepStrictEqual(await requests.answer(index), answer)) {
      throw new Error('The server and the engine disagree.');
    }
  }
}

async function measureLoop(
  requests: PreparedRequests,
  { seconds }: BenchOptions,
  load: Load,
  cpuUsed: () => Promise<CpuUse>,
): Promise<Measured> {
  const connected = requests.connect('inFlight' in load ? load.inFlight : mostConnections);
  const loop = { warmUpMs: seconds * 250, durationMs: seconds * 1000, maxRequests: 200_000 };
  try {
    return await measure(connected.ask, { load, ...loop, cpuUsed });
  } finally {
    connected.close();
  }
}

/** In an open loop as many requests are under way as the server lets wait. */
const mostConnections = 64;

import { isDeepStrictEqual } from 'node:util';
import type { BenchLevel, PreparedRequests } from './bench-level.ts';
import { type ChosenRequest, chooseRequests } from './choose-requests.ts';
import { meanOf } from './count-statements.ts';
import { openEngineLevel } from './engine-level.ts';
import { openHttpLevel } from './http-level.ts';
import { measure } from './measure.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { BenchOptions } from './read-options.ts';
import { type Level, type Measurement, nameOf } from './report.ts';
import { allScenarios } from './scenarios/all-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** Measures everything that was asked for, one after the other. */
export async function runScenarios(
  database: PreparedDatabase,
  options: BenchOptions,
  onProgress: (sentence: string) => void,
): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  const engine = openEngineLevel(database.url);
  const runAll = async (name: Level, level: BenchLevel) => {
    for (const scenario of allScenarios) {
      const wanted = wantedInFlights(options, name, scenario);
      if (wanted.length === 0) continue;
      onProgress(`Measuring ${name}/${scenario.name} …`);
      const chosen = await chooseRequests(engine, database, scenario, options.requests);
      measurements.push(...(await runScenario({ name, level, scenario, chosen }, options, wanted)));
    }
  };
  try {
    await runAll('engine', engine);
    if (!allScenarios.some((scenario) => wantedInFlights(options, 'http', scenario).length > 0)) return measurements;
    const http = await openHttpLevel(database.url);
    try {
      await runAll('http', http);
    } finally {
      await http.close();
    }
  } finally {
    await engine.close();
  }
  return measurements;
}

function wantedInFlights({ only, inFlights }: BenchOptions, level: Level, scenario: Scenario): readonly number[] {
  if (!scenario.levels.includes(level)) return [];
  return inFlights.filter((inFlight) => {
    const name = nameOf({ level, scenario: scenario.name, inFlight });
    return only.length === 0 || only.some((part) => `/${name}/`.includes(`/${part}/`));
  });
}

interface Run {
  readonly name: Level;
  readonly level: BenchLevel;
  readonly scenario: Scenario;
  readonly chosen: readonly ChosenRequest[];
}

/** A scenario on one level, with each number of requests under way. */
async function runScenario(
  { name, level, scenario, chosen }: Run,
  options: BenchOptions,
  inFlights: readonly number[],
): Promise<readonly Measurement[]> {
  const requests = await level.prepare(chosen.map(({ request }) => request));
  await assertAgreement(requests, chosen);
  const cost = await requests.count();
  const answersPerRequest = meanOf(chosen.map(({ answer }) => answer.entries.length));
  const measurements: Measurement[] = [];
  for (const inFlight of inFlights) {
    const measured = await measureLoop(level, requests, options, inFlight);
    measurements.push({ level: name, scenario: scenario.name, inFlight, answersPerRequest, ...measured, cost });
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
  level: BenchLevel,
  requests: PreparedRequests,
  { seconds }: BenchOptions,
  inFlight: number,
): ReturnType<typeof measure> {
  const connected = requests.connect(inFlight);
  const loop = { warmUpMs: seconds * 250, durationMs: seconds * 1000, maxRequests: 100_000 };
  try {
    return await measure(connected.ask, { inFlight, ...loop, cpuUsed: level.cpuUsed });
  } finally {
    connected.close();
  }
}

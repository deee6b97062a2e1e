import { type EngineLevel, openEngineLevel } from './engine-level.ts';
import { openHttpClient } from './http-client.ts';
import { type HttpLevel, openHttpLevel } from './http-level.ts';
import { type MeasureOptions, measure } from './measure.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { BenchOptions } from './read-options.ts';
import { type Cost, type Level, type Measurement, nameOf } from './report.ts';
import { allScenarios } from './scenarios/all-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** A scenario on one level, ready to be measured with any number of requests under way. */
interface Prepared {
  readonly cost: Cost;
  measure(inFlight: number): ReturnType<typeof measure>;
}

/** Measures everything that was asked for, one after the other. */
export async function runScenarios(
  database: PreparedDatabase,
  options: BenchOptions,
  onProgress: (sentence: string) => void,
): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  const runAll = async (level: Level, prepare: (scenario: Scenario) => Promise<Prepared>) => {
    for (const scenario of allScenarios) {
      const wanted = wantedInFlights(options, level, scenario);
      if (wanted.length === 0) continue;
      onProgress(`Measuring ${level}/${scenario.name} …`);
      const prepared = await prepare(scenario);
      for (const inFlight of wanted) {
        measurements.push(measurementOf(level, scenario, inFlight, prepared.cost, await prepared.measure(inFlight)));
      }
    }
  };
  const engine = openEngineLevel(database.url);
  try {
    await runAll('engine', (scenario) => prepareOnEngine(engine, database, options, scenario));
    if (!allScenarios.some((scenario) => wantedInFlights(options, 'http', scenario).length > 0)) return measurements;
    const http = await openHttpLevel(database.url);
    try {
      await runAll('http', (scenario) => prepareOverHttp(http, engine, database, options, scenario));
    } finally {
      await http.close();
    }
  } finally {
    await engine.close();
  }
  return measurements;
}

function wantedInFlights({ only, inFlights }: BenchOptions, level: Level, scenario: Scenario): readonly number[] {
  if (level === 'http' && scenario.makePages === undefined) return [];
  return inFlights.filter((inFlight) => {
    const name = nameOf({ level, scenario: scenario.name, inFlight });
    return only.length === 0 || only.some((part) => `/${name}/`.includes(`/${part}/`));
  });
}

async function prepareOnEngine(
  engine: EngineLevel,
  { data, model }: PreparedDatabase,
  options: BenchOptions,
  scenario: Scenario,
): Promise<Prepared> {
  const requests = scenario.makeRequests(data, model, options.requests);
  for (const request of requests) {
    const decisions = await engine.ask(request);
    if (decisions.some(({ kind }) => kind === 'undecided')) throw new Error(`${scenario.name} has undecided checks.`);
  }
  const ask = async (index: number) => {
    const request = requests[index % requests.length];
    if (request !== undefined) await engine.ask(request);
  };
  return {
    cost: await engine.count(requests),
    measure: (inFlight) => measure(ask, loopOf(options, inFlight, engine.cpuUsed)),
  };
}

async function prepareOverHttp(
  http: HttpLevel,
  engine: EngineLevel,
  { data, model }: PreparedDatabase,
  options: BenchOptions,
  scenario: Scenario,
): Promise<Prepared> {
  const pages = await http.prepare(scenario.makePages?.(data, model, options.requests) ?? []);
  for (const [index, request] of scenario.makeRequests(data, model, options.requests).entries()) {
    const expected = (await engine.ask(request)).map(({ kind }) => kind === 'allowed');
    if (String(await pages.answer(index)) !== String(expected)) throw new Error('The server and the engine disagree.');
  }
  return {
    cost: await pages.count(),
    measure: async (inFlight) => {
      const client = openHttpClient(inFlight);
      try {
        return await measure((index) => pages.ask(client, index), loopOf(options, inFlight, http.cpuUsed));
      } finally {
        client.close();
      }
    },
  };
}

function loopOf({ seconds }: BenchOptions, inFlight: number, cpuUsed: MeasureOptions['cpuUsed']): MeasureOptions {
  return { inFlight, warmUpMs: seconds * 250, durationMs: seconds * 1000, maxRequests: 100_000, cpuUsed };
}

function measurementOf(
  level: Level,
  { name, checksPerRequest }: Scenario,
  inFlight: number,
  cost: Cost,
  { requestsPerSecond, ...measured }: Awaited<ReturnType<typeof measure>>,
): Measurement {
  const checksPerSecond = requestsPerSecond * checksPerRequest;
  return { level, scenario: name, inFlight, checksPerRequest, ...measured, checksPerSecond, cost };
}

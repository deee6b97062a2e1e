import { isDeepStrictEqual } from 'node:util';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import type { Check } from '../../src/engine/check/check.ts';
import { type ParsedModel, parseModel } from '../../src/model/parse-model.ts';
import type { ChosenRequest } from '../choose-requests.ts';
import { chooseRequests } from '../choose-requests.ts';
import { describeMachine } from '../describe-machine.ts';
import { openEngineLevel } from '../engine-level.ts';
import { openHttpLevel } from '../http-level.ts';
import { checksOf } from '../make-pages.ts';
import { measure, percentile } from '../measure.ts';
import { modelFile, type PreparedDatabase, prepareDatabase } from '../prepare-database.ts';
import type { BenchOptions } from '../read-options.ts';
import { page10x10 } from '../scenarios/page-10x10.ts';
import { page50x10 } from '../scenarios/page-50x10.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { single } from '../scenarios/single.ts';
import type { BesideReport, BesideResult } from './beside-report.ts';
import type { OtherServer } from './other-server.ts';

/** The smallest first: what a large one has asked, a small one would find kept. */
const scenarios: readonly Scenario[] = [single, page10x10, page50x10];

type Say = (sentence: string) => void;

/** Something that is asked: one of the others in one of its ways, or Postern. */
interface Contestant {
  readonly title: string;
  /** One request for each list of checks, ready to be sent. */
  prepare(chosen: readonly ChosenRequest[]): Promise<readonly (() => Promise<readonly string[]>)[]>;
}

/** Loads the same data everywhere, holds all answers against the engine's, and only then says how long they took. */
export async function measureBeside(
  others: readonly OtherServer[],
  options: BenchOptions,
  say: Say,
): Promise<BesideReport> {
  const { relationships, seed } = options;
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed }, say);
  try {
    const world = { model: await readExample(), relationships: database.data.relationships };
    for (const other of others) {
      say(`Loading ${other.name} …`);
      await other.load(world, (sentence) => say(`${other.name}: ${sentence}`));
    }
    const machine = await describeMachine(database.url);
    const { results, comparedChecks } = await compareAll(database, others, options, say);
    return { kind: 'beside', takenAt: new Date().toISOString(), machine, relationships, comparedChecks, results };
  } finally {
    await database.drop();
  }
}

async function readExample(): Promise<ParsedModel> {
  const parsed = parseModel(await readModelFile(modelFile));
  if (!parsed.ok) throw new Error('The model of the examples is not valid.');
  return parsed.value;
}

async function compareAll(
  database: PreparedDatabase,
  others: readonly OtherServer[],
  options: BenchOptions,
  say: Say,
): Promise<Pick<BesideReport, 'results' | 'comparedChecks'>> {
  const engine = await openEngineLevel(database.url);
  const http = await openHttpLevel(database.url);
  const contestants = [
    {
      title: 'Postern, over HTTP and GraphQL',
      prepare: (chosen: readonly ChosenRequest[]) => askPostern(http, chosen),
    },
    ...others.flatMap(({ modes }) => modes.map(contestantOf)),
  ];
  try {
    const results: BesideResult[] = [];
    let comparedChecks = 0;
    for (const scenario of scenarios) {
      const chosen = await chooseRequests(engine, database, scenario, options.requests);
      for (const contestant of contestants) {
        say(`${scenario.name}: ${contestant.title} …`);
        results.push(await measureOne(contestant, scenario, chosen, options));
        comparedChecks += chosen.reduce((total, { answer }) => total + answer.entries.length, 0);
      }
    }
    return { results, comparedChecks };
  } finally {
    await http.close();
    await engine.close();
  }
}

async function askPostern(
  http: Awaited<ReturnType<typeof openHttpLevel>>,
  chosen: readonly ChosenRequest[],
): ReturnType<Contestant['prepare']> {
  const prepared = await http.prepare(chosen.map(({ request }) => request));
  return chosen.map((_, index) => async () => (await prepared.answer(index)).entries);
}

function contestantOf({ title, prepare }: OtherServer['modes'][number]): Contestant {
  return {
    title,
    prepare: async (chosen) =>
      chosen.map(({ request }) => {
        const ask = prepare(checksIn(request));
        return async () => (await ask()).map((isAllowed) => (isAllowed ? 'allowed' : 'denied'));
      }),
  };
}

function checksIn(request: ChosenRequest['request']): readonly Check[] {
  if (request.kind === 'page') return checksOf(request.page);
  throw new Error(`A request of the kind "${request.kind}" is asked of Postern only.`);
}

async function measureOne(
  contestant: Contestant,
  scenario: Scenario,
  chosen: readonly ChosenRequest[],
  { seconds }: BenchOptions,
): Promise<BesideResult> {
  const asks = await contestant.prepare(chosen);
  const cold = await askEachOnce(contestant, scenario, chosen, asks);
  const ask = async (index: number) => void (await asks[index % asks.length]?.());
  const loop = { warmUpMs: seconds * 250, durationMs: seconds * 1000, maxRequests: 200_000 };
  const alone = await measure(ask, { ...loop, load: { inFlight: 1 } });
  const many = await measure(ask, { ...loop, load: { inFlight: 16 } });
  const checksPerRequest = scenario.entries[0];
  return {
    ...{ scenario: scenario.name, server: contestant.title, checksPerRequest, coldP50Ms: percentile(cold, 0.5) },
    ...{ warmP50Ms: alone.p50Ms, checksPerSecond: many.requestsPerSecond * checksPerRequest },
  };
}

/** Times of the first time that each is asked; fails where an answer is not the engine's. */
async function askEachOnce(
  { title }: Contestant,
  { name }: Scenario,
  chosen: readonly ChosenRequest[],
  asks: Awaited<ReturnType<Contestant['prepare']>>,
): Promise<Float64Array> {
  const times = new Float64Array(asks.length);
  for (const [index, ask] of asks.entries()) {
    const startedAt = performance.now();
    const answer = await ask();
    times[index] = performance.now() - startedAt;
    const expected = chosen[index]?.answer.entries ?? [];
    if (isDeepStrictEqual(answer, expected)) continue;
    const wrong = answer.filter((one, at) => one !== expected[at]).length;
    throw new Error(`${title} answers ${wrong} of ${expected.length} checks of a request of "${name}" differently.`);
  }
  return times.sort();
}

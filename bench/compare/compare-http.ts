import { isDeepStrictEqual } from 'node:util';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import type { PreparedRequests } from '../bench-level.ts';
import { type ChosenRequest, chooseRequests } from '../choose-requests.ts';
import { openEngineLevel } from '../engine-level.ts';
import { generateCreators } from '../generate-creators.ts';
import { sendTo, signRequests } from '../http-level.ts';
import { measure } from '../measure.ts';
import { modelFile } from '../prepare-database.ts';
import { type Load, nameOf } from '../report.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type Issuer, startIssuer } from '../start-issuer.ts';
import { type BenchServer, startServer } from '../start-server.ts';
import { createEmptyDatabase } from './create-empty-database.ts';
import { fillByImport, type StoreFolder, writeStoreFolder } from './fill-by-import.ts';
import type { Compared, Pair, Sample } from './paired.ts';

export interface HttpComparison {
  /** Checkouts of the two revisions. */
  readonly before: string;
  readonly now: string;
  /** A PostgreSQL in which each gets a database of its own. */
  readonly databaseUrl: string;
  readonly wanted: readonly { readonly scenario: Scenario; readonly load: Load }[];
  readonly requests: number;
  readonly pairs: number;
  readonly seconds: number;
  readonly relationships: number;
  readonly seed: number;
}

/** A revision's server on its own database. */
interface Side {
  readonly server: BenchServer;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** Both servers run beside each other and are asked the same requests by turns, by this revision's bench. */
export async function compareHttp(
  comparison: HttpComparison,
  onProgress: (sentence: string) => void,
): Promise<readonly Compared[]> {
  const { wanted, relationships, seed } = comparison;
  const data = generateCreators({ relationships, seed });
  const scenarios = new Set(wanted.map(({ scenario }) => scenario));
  const own = [...scenarios].flatMap(({ ownData }) => ownData?.(relationships) ?? []);
  const store = await writeStoreFolder([...data.relationships, ...own]);
  const issuer = await startIssuer();
  const sides: Side[] = [];
  try {
    for (const checkout of [comparison.before, comparison.now]) {
      onProgress(`Filling a database by "postern import" of ${checkout} …`);
      sides.push(await startSide(comparison.databaseUrl, checkout, issuer, store));
    }
    const parsed = parseModel(await readModelFile(modelFile));
    const [before, now] = sides;
    if (!parsed.ok || before === undefined || now === undefined)
      throw new Error('The model of the examples is not valid.');
    const compared: Compared[] = [];
    const engine = await openEngineLevel(now.databaseUrl);
    try {
      for (const { scenario, load } of wanted) {
        onProgress(`${nameOf({ level: 'http', scenario: scenario.name, ...load })}, ${comparison.pairs} pairs …`);
        const chosen = await chooseRequests(engine, { data, model: parsed.value.model }, scenario, comparison.requests);
        const pairs = await pairUp(comparison, { chosen, load, issuer, before, now });
        compared.push({ level: 'http', scenario: scenario.name, ...load, pairs });
      }
    } finally {
      await engine.close();
    }
    return compared;
  } finally {
    for (const side of sides) await side.stop();
    await issuer.stop();
    await store.remove();
  }
}

async function startSide(
  serverUrl: string,
  checkout: string,
  issuer: Pick<Issuer, 'environment'>,
  store: StoreFolder,
): Promise<Side> {
  const { url: databaseUrl, drop } = await createEmptyDatabase(serverUrl);
  try {
    await fillByImport({ checkout, databaseUrl, issuer }, store);
    const server = await startServer({ checkout, databaseUrl, issuer });
    const stop = () => server.stop().finally(drop);
    return { server, databaseUrl, stop };
  } catch (error) {
    await drop();
    throw error;
  }
}

interface Meeting {
  readonly chosen: readonly ChosenRequest[];
  readonly load: Load;
  readonly issuer: Pick<Issuer, 'sign'>;
  readonly before: Side;
  readonly now: Side;
}

type Target = Pick<PreparedRequests, 'answer' | 'connect'> & Pick<BenchServer, 'cpuUsed'>;

async function pairUp({ pairs, seconds }: HttpComparison, meeting: Meeting): Promise<readonly Pair[]> {
  const [before, now] = [await targetOf(meeting, meeting.before), await targetOf(meeting, meeting.now)];
  const done: Pair[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const isNowFirst = pair % 2 === 1;
    const first = await measureOnce(isNowFirst ? now : before, meeting.load, seconds);
    const second = await measureOnce(isNowFirst ? before : now, meeting.load, seconds);
    done.push(isNowFirst ? { before: second, now: first } : { before: first, now: second });
  }
  return done;
}

/** The requests as this server takes them; fails unless it answers as the engine does. */
async function targetOf({ chosen, issuer }: Meeting, { server }: Side): Promise<Target> {
  const signed = await signRequests(
    chosen.map(({ request }) => request),
    issuer,
    server.url,
  );
  const target = sendTo(signed, server.url);
  for (const [index, { answer }] of chosen.entries()) {
    if (!isDeepStrictEqual(await target.answer(index), answer))
      throw new Error('The two revisions answer differently.');
  }
  return { ...target, cpuUsed: server.cpuUsed };
}

async function measureOnce(target: Target, load: Load, seconds: number): Promise<Sample> {
  const connected = target.connect('inFlight' in load ? load.inFlight : 64);
  const cpuUsed = async () => ({ serverMs: await target.cpuUsed(), databaseMs: undefined });
  const loop = { load, warmUpMs: seconds * 250, durationMs: seconds * 1000, maxRequests: 200_000, cpuUsed };
  try {
    const { p50Ms, requestsPerSecond, cpuMs } = await measure(connected.ask, loop);
    return { p50Ms, requestsPerSecond, cpuMs };
  } finally {
    connected.close();
  }
}

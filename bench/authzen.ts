import { isDeepStrictEqual, parseArgs } from 'node:util';
import { readModelFile } from '../src/cli/read-model-file.ts';
import type { Check } from '../src/engine/check/check.ts';
import { parseModel } from '../src/model/parse-model.ts';
import { authzenCall } from './beside/authzen-call.ts';
import { openOpenfga } from './beside/openfga.ts';
import type { AskingMode } from './beside/other-server.ts';
import { type ChosenRequest, chooseRequests } from './choose-requests.ts';
import { describeMachine } from './describe-machine.ts';
import { written } from './docs/written.ts';
import { openEngineLevel } from './engine-level.ts';
import { openHttpClient } from './http-client.ts';
import { checksOf } from './make-pages.ts';
import { measure } from './measure.ts';
import { modelFile, type PreparedDatabase, prepareDatabase } from './prepare-database.ts';
import { table } from './print-report.ts';
import { page10x10 } from './scenarios/page-10x10.ts';
import { single } from './scenarios/single.ts';
import { startIssuer } from './start-issuer.ts';
import { ownCheckout, startServer } from './start-server.ts';

// What a server evaluates in a second by AuthZEN, and OpenFGA beside it where one runs with `--experimentals authzen`:
// npm run bench:authzen -- [--relationships N] [--seconds S] [--requests N] [--beside http://127.0.0.1:8080]

const { values } = parseArgs({
  options: {
    relationships: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '64' },
    beside: { type: 'string' },
  },
});
const [relationships, seconds, requests] = [
  Number(values.relationships),
  Number(values.seconds),
  Number(values.requests),
];
const clients = 16;
/** The generated data lets this service ask about anybody. */
const service = 'service:playlist';
const scenarios = [single, page10x10];
const say = (sentence: string) => console.error(sentence);

const headings = [
  'evaluations in a request',
  'server',
  'p50 ms, 1 client',
  `p99 ms, ${clients} clients`,
  `evaluations/s, ${clients} clients`,
  'server µs an evaluation',
];

await main();

async function main(): Promise<void> {
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed: 1 }, say);
  const closes = [database.drop];
  try {
    const modes: MeasuredMode[] = [await openPosternMode(database, closes)];
    if (values.beside !== undefined) modes.push(await openOpenfgaMode(values.beside, database, closes));
    const { cores, processor, node, postgres } = await describeMachine(database.url);
    const rows = await measureAll(modes, database);
    console.log(
      `\n${cores} cores of ${processor}; Node ${node}; PostgreSQL ${postgres}; ${relationships} relationships`,
    );
    console.log(`${table([headings, ...rows])}\n`);
  } finally {
    for (const close of closes.toReversed()) await close();
  }
}

interface MeasuredMode extends AskingMode {
  /** Milliseconds of processor time of the server so far, where somebody can tell. */
  readonly cpuUsed?: () => Promise<number | undefined>;
}

/** A server as it is deployed, with its replica, in processes of its own; it knows the claims of those that are asked about from this service. */
async function openPosternMode(database: PreparedDatabase, closes: (() => Promise<void>)[]): Promise<MeasuredMode> {
  const issuer = await startIssuer(['graphql', 'authzen']);
  closes.push(issuer.stop);
  const environment = { POSTERN_REQUESTS_AT_ONCE: '10000', POSTERN_AUTHZEN_URL: 'https://bench.invalid' };
  const server = await startServer({ checkout: ownCheckout, databaseUrl: database.url, issuer, environment });
  closes.push(server.stop);
  const client = openHttpClient(clients);
  closes.push(async () => client.close());
  const token = await issuer.sign(service);
  return {
    title: 'Postern',
    cpuUsed: server.cpuUsed,
    prepare: (checks) => {
      const { path, body, read } = authzenCall('', checks, ({ context }) => Object.fromEntries(context));
      const url = new URL(path, server.url).href;
      return async () => read(await client.post(url, body, token));
    },
  };
}

async function openOpenfgaMode(
  address: string,
  { data }: PreparedDatabase,
  closes: (() => Promise<void>)[],
): Promise<AskingMode> {
  const openfga = openOpenfga(address, process.env.OPENFGA_TOKEN ?? 'none');
  closes.push(openfga.close);
  const model = parseModel(await readModelFile(modelFile));
  if (!model.ok) throw new Error('The model of the examples is not valid.');
  say('Loading OpenFGA …');
  await openfga.load({ model: model.value, relationships: data.relationships }, say);
  return openfga.authzen;
}

async function measureAll(modes: readonly MeasuredMode[], database: PreparedDatabase): Promise<readonly string[][]> {
  const engine = await openEngineLevel(database.url);
  try {
    const rows: string[][] = [];
    for (const scenario of scenarios) {
      const chosen = await chooseRequests(engine, database, scenario, requests);
      for (const mode of modes) rows.push(await measureOne(mode, chosen));
    }
    return rows;
  } finally {
    await engine.close();
  }
}

/** Holds each answer against the engine's, and only then says how long they take. */
async function measureOne(
  { title, prepare, cpuUsed }: MeasuredMode,
  chosen: readonly ChosenRequest[],
): Promise<string[]> {
  const asks = chosen.map(({ request }) => prepare(checksIn(request)));
  for (const [index, ask] of asks.entries()) {
    const answer = (await ask()).map((isAllowed) => (isAllowed ? 'allowed' : 'denied'));
    if (!isDeepStrictEqual(answer, chosen[index]?.answer.entries))
      throw new Error(`${title} answers otherwise than the engine.`);
  }
  const ask = async (index: number) => void (await asks[index % asks.length]?.());
  const loop = { warmUpMs: seconds * 250, durationMs: seconds * 1000, maxRequests: 1_000_000 };
  const alone = await measure(ask, { ...loop, load: { inFlight: 1 } });
  const used = async () => ({ serverMs: await cpuUsed?.(), databaseMs: undefined });
  const many = await measure(ask, { ...loop, load: { inFlight: clients }, cpuUsed: used });
  const each = chosen[0]?.answer.entries.length ?? 0;
  const perSecond = Math.round(many.requestsPerSecond * each).toLocaleString('en');
  const us = many.cpuMs === undefined ? '' : written((many.cpuMs / each) * 1000);
  return [String(each), title, written(alone.p50Ms), written(many.p99Ms), perSecond, us];
}

function checksIn(request: ChosenRequest['request']): readonly Check[] {
  if (request.kind === 'page') return checksOf(request.page);
  throw new Error(`A request of the kind "${request.kind}" is no evaluation.`);
}

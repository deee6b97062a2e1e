import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { importStore } from '../src/cli/import-store.ts';
import { createScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import { percentile } from './measure.ts';
import { openPostern } from './open-postern.ts';
import { type Issuer, startIssuer } from './start-issuer.ts';
import { startPostgres } from './start-postgres.ts';
import { type BenchServer, ownCheckout, startServer } from './start-server.ts';

// What becomes of a server that is asked more than it can answer: npm run bench:overload

/** Whoever asks waits so long: what is answered later is of no use to anybody. */
const patienceMs = 1000;
const clients = 16;
const windowMs = 8000;
const loads = [0.5, 1, 1.5, 2, 3];
/** As many people, so that nobody's own share is what is measured. */
const people = 200;

interface Outcome {
  readonly kind: 'answered' | 'refused' | 'late' | 'wrong';
  readonly ms: number;
}

/** A page: what a server does for it is far more than what asking it takes, on a machine that does both. */
const ids = Array.from({ length: 50 }, (_, n) => `song-${n}`);
const question = JSON.stringify({
  query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track {
    permissions { canEdit canListen canViewStats canViewOwnSplit canDelete } } } }`,
  variables: { r: ids.map((id) => ({ __typename: 'Track', id })) },
});

await main();

async function main(): Promise<void> {
  const postgres = await startPostgres(undefined);
  const database = await createScratchDatabase(postgres.url);
  const postern = await openPostern(database.url);
  await importStore(postern, { kind: 'console', command: 'bench' }, 'examples/creators/store.fga.yaml');
  await postern.store.close();
  const issuer = await startIssuer();
  const server = await startServer({ checkout: ownCheckout, databaseUrl: database.url, issuer });
  await measureLoads(server, await tokensOf(issuer));
  await server.stop();
  await issuer.stop();
  await database.drop();
  await postgres.stop();
}

async function measureLoads({ url }: BenchServer, tokens: readonly string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1024 });
  const ask = (index: number) => send(url, tokens[index % tokens.length] ?? '', agent);
  await runClosed(ask, 2000);
  const knee = summarize(await runClosed(ask, windowMs), windowMs).goodput;
  console.log(
    `The knee, with ${clients} clients that ask one page after the other: ${knee.toFixed(0)} answers a second.`,
  );
  console.log(
    row([
      'load',
      'asked/s',
      'goodput/s',
      'of the knee',
      'p50 ms',
      'p99 ms',
      'refused',
      'refused p99 ms',
      'late',
      'wrong',
    ]),
  );
  for (const load of loads) {
    const outcomes = await runOpen(ask, load * knee);
    const found = summarize(outcomes, windowMs);
    console.log(
      row([
        `${load}×`,
        (load * knee).toFixed(0),
        found.goodput.toFixed(0),
        `${((found.goodput / knee) * 100).toFixed(0)} %`,
        found.p50Ms.toFixed(1),
        found.p99Ms.toFixed(1),
        String(found.refused),
        found.refusedP99Ms.toFixed(1),
        String(found.late),
        String(found.wrong),
      ]),
    );
  }
  const after = performance.now();
  while ((await ask(0)).ms > 50) if (performance.now() - after > 60_000) break;
  console.log(`A page took less than 50 ms again after ${(performance.now() - after).toFixed(0)} ms.`);
  agent.destroy();
}

async function tokensOf(issuer: Issuer): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: people }, (_, n) => issuer.sign(`user:person${n}`)));
}

function send(url: string, token: string, agent: Agent): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const end = (kind: Outcome['kind']) => resolve({ kind, ms: performance.now() - startedAt });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(question),
      authorization: `Bearer ${token}`,
    };
    const sending = request(url, { method: 'POST', agent, headers }, async (response) => {
      const body = await text(response).catch(() => '');
      const isAnswer = response.statusCode === 200 && body.startsWith('{"data":{"_entities":[{"permissions":{');
      if (performance.now() - startedAt > patienceMs) end('late');
      else if (isAnswer) end('answered');
      else end(response.statusCode === 503 && body.includes('"OVERLOADED"') ? 'refused' : 'wrong');
    });
    sending.on('error', () => end('wrong'));
    sending.end(question);
  });
}

async function runClosed(ask: (index: number) => Promise<Outcome>, durationMs: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const until = performance.now() + durationMs;
  let next = 0;
  const client = async () => {
    while (performance.now() < until) outcomes.push(await ask(next++));
  };
  await Promise.all(Array.from({ length: clients }, client));
  return outcomes;
}

/** Requests begin when they begin, whatever became of those before. */
async function runOpen(ask: (index: number) => Promise<Outcome>, perSecond: number): Promise<readonly Outcome[]> {
  const startedAt = performance.now();
  const outcomes: Promise<Outcome>[] = [];
  while (performance.now() - startedAt < windowMs) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    while (outcomes.length < due) outcomes.push(ask(outcomes.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(outcomes);
}

function summarize(outcomes: readonly Outcome[], durationMs: number) {
  const of = (kind: Outcome['kind']) =>
    Float64Array.from(outcomes.filter((one) => one.kind === kind).map(({ ms }) => ms)).sort();
  const [answered, refused] = [of('answered'), of('refused')];
  return {
    goodput: (answered.length / durationMs) * 1000,
    p50Ms: percentile(answered, 0.5),
    p99Ms: percentile(answered, 0.99),
    refused: refused.length,
    refusedP99Ms: percentile(refused, 0.99),
    late: of('late').length,
    wrong: of('wrong').length,
  };
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(14)).join('');
}

import { parseArgs } from 'node:util';
import { importStore } from '../src/cli/import-store.ts';
import { createScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import { checkOutRevision } from './compare/check-out-revision.ts';
import { type HttpClient, openHttpClient, type Response } from './http-client.ts';
import { percentile } from './measure.ts';
import { openPostern } from './open-postern.ts';
import { type Issuer, startIssuer } from './start-issuer.ts';
import { startPostgres } from './start-postgres.ts';
import { type BenchServer, ownCheckout, startServer } from './start-server.ts';

// What becomes of a server that is asked more than it can answer: npm run bench:overload -- --compare REV

/** Whoever asks waits so long: what is answered later is of no use to anybody. */
const patienceMs = 1000;
const clients = 16;
const windowMs = 8000;
const loads = [0.5, 1, 1.5, 2, 3];
/** As many people, so that nobody's own share is what is measured. */
const people = 200;
/** Somebody whose guarded field is checked beside all that, so often. */
const guardEveryMs = 20;

interface Outcome {
  readonly kind: 'answered' | 'refused' | 'late' | 'wrong';
  readonly ms: number;
}

/** What was answered that is neither an answer nor a refusal. */
const wrongAnswers = new Set<string>();

interface Question {
  readonly body: string;
  /** What each right answer begins with. */
  readonly answer: string;
}

/** A page: what a server does for it is far more than what asking it takes, on a machine that does both. */
const ids = Array.from({ length: 50 }, (_, n) => `song-${n}`);
const page: Question = {
  body: JSON.stringify({
    query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track {
    permissions { canEdit canListen canViewStats canViewOwnSplit canDelete } } } }`,
    variables: { r: ids.map((id) => ({ __typename: 'Track', id })) },
  }),
  answer: '{"data":{"_entities":[{"permissions":{',
};
const guarded: Question = {
  body: JSON.stringify({
    query: 'query ($c: [ViewerCheckInput!]!) { viewer { decisions(checks: $c) { allowed error { code } } } }',
    variables: { c: [{ permission: 'can_edit', object: 'track:song-1' }] },
  }),
  answer: '{"data":{"viewer":{"decisions":[{"allowed":',
};

/** A server that is measured, and those who ask it. */
interface Side {
  readonly name: string;
  readonly ask: (index: number, question: Question) => Promise<Outcome>;
  readonly cpuUsed: BenchServer['cpuUsed'];
  stop(): Promise<void>;
}

/** What a server can do: answers a second, and for each second of its processor time. */
interface Knee {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

const columns = [
  'server',
  'load',
  'asked/s',
  'goodput/s',
  'of the knee',
  'cores',
  'asking',
  'of the work',
  'p50 ms',
  'p99 ms',
  'refused',
  'p50 ms',
  'p99 ms',
  'late',
  'wrong',
  'guard p50 ms',
  'p99 ms',
  'refused',
];

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { compare: { type: 'string' } } });
  const postgres = await startPostgres(undefined);
  const issuer = await startIssuer();
  const before = values.compare === undefined ? undefined : await checkOutRevision(values.compare);
  const sides: Side[] = [];
  try {
    if (before !== undefined) sides.push(await startSide('before', before.folder, postgres.url, issuer));
    sides.push(await startSide('now', ownCheckout, postgres.url, issuer));
    await measureSides(sides);
  } finally {
    for (const side of sides) await side.stop();
    await before?.remove();
    await issuer.stop();
    await postgres.stop();
  }
}

async function startSide(name: string, checkout: string, postgresUrl: string, issuer: Issuer): Promise<Side> {
  const database = await createScratchDatabase(postgresUrl);
  const postern = await openPostern(database.url);
  await importStore(postern, { kind: 'console', command: 'bench' }, 'examples/creators/store.fga.yaml');
  await postern.store.close();
  const server = await startServer({ checkout, databaseUrl: database.url, issuer });
  const tokens = await Promise.all(Array.from({ length: people }, (_, n) => issuer.sign(`user:person${n}`)));
  const client = openHttpClient(2048);
  return {
    name,
    ask: (index, question) => send(server, tokens[index % tokens.length] ?? '', client, question),
    cpuUsed: server.cpuUsed,
    stop: async () => {
      client.close();
      await server.stop();
      await database.drop();
    },
  };
}

/** By turns, so that what else the machine does is the same for both. */
async function measureSides(sides: readonly Side[]): Promise<void> {
  const knees = new Map<Side, Knee>();
  for (const side of sides) {
    await runClosed(side, 2000);
    const { outcomes, serverMs, askingMs } = await timed(side, () => runClosed(side, windowMs));
    const knee = { perSecond: goodputOf(outcomes), perCpuSecond: (goodputOf(outcomes) * windowMs) / serverMs };
    knees.set(side, knee);
    console.log(
      `The knee (${side.name}), with ${clients} clients that ask one page after the other: ${knee.perSecond.toFixed(0)} answers a second; the server took ${coresOf(serverMs)} cores, and asking ${coresOf(askingMs)}.`,
    );
  }
  console.log(
    '"asking" are the cores that the client took; "of the work": answers for each second that the server worked, of those at the knee.',
  );
  console.log(row(columns));
  for (const load of loads) {
    for (const [side, knee] of knees) await measureLoad(side, load, knee);
  }
  for (const side of sides) await measureRecovery(side);
  for (const wrong of wrongAnswers) console.log(`Wrong: ${wrong}`);
}

/** With the processor time of the server, and of this process. */
async function timed(side: Side, run: () => Promise<readonly Outcome[]>) {
  const [server, own] = [(await side.cpuUsed()) ?? Number.NaN, process.cpuUsage()];
  const outcomes = await run();
  const { user, system } = process.cpuUsage(own);
  return { outcomes, serverMs: ((await side.cpuUsed()) ?? Number.NaN) - server, askingMs: (user + system) / 1000 };
}

function coresOf(cpuMs: number): string {
  return (cpuMs / windowMs).toFixed(2);
}

async function measureLoad(side: Side, load: number, knee: Knee): Promise<void> {
  const guarding = runGuard(side);
  const { outcomes, serverMs, askingMs } = await timed(side, () => runOpen(side, load * knee.perSecond));
  const guards = await guarding;
  const [answered, refused, checked] = [
    timesOf(outcomes, 'answered'),
    timesOf(outcomes, 'refused'),
    timesOf(guards, 'answered'),
  ];
  const goodput = goodputOf(outcomes);
  const cells = [
    side.name,
    `${load}×`,
    (load * knee.perSecond).toFixed(0),
    goodput.toFixed(0),
    percent(goodput / knee.perSecond),
    coresOf(serverMs),
    coresOf(askingMs),
    percent((goodput * windowMs) / serverMs / knee.perCpuSecond),
    percentile(answered, 0.5).toFixed(1),
    percentile(answered, 0.99).toFixed(1),
    String(refused.length),
    percentile(refused, 0.5).toFixed(1),
    percentile(refused, 0.99).toFixed(1),
    String(timesOf(outcomes, 'late').length),
    String(timesOf([...outcomes, ...guards], 'wrong').length),
    percentile(checked, 0.5).toFixed(1),
    percentile(checked, 0.99).toFixed(1),
    String(guards.length - checked.length),
  ];
  console.log(row(cells));
}

async function measureRecovery(side: Side): Promise<void> {
  const startedAt = performance.now();
  while ((await side.ask(0, page)).ms > 50) if (performance.now() - startedAt > 60_000) break;
  console.log(
    `A page took less than 50 ms again (${side.name}) after ${(performance.now() - startedAt).toFixed(0)} ms.`,
  );
}

async function send({ url }: BenchServer, token: string, client: HttpClient, question: Question): Promise<Outcome> {
  const startedAt = performance.now();
  const answer = await client.ask(url, question.body, token).catch(() => undefined);
  const ms = performance.now() - startedAt;
  return { kind: ms > patienceMs ? 'late' : kindOf(answer, question), ms };
}

function kindOf(answer: Response | undefined, { answer: start }: Question): Outcome['kind'] {
  if (answer?.status === 200 && answer.text.startsWith(start)) return 'answered';
  if (answer?.status === 503 && answer.text.includes('"OVERLOADED"')) return 'refused';
  wrongAnswers.add(answer === undefined ? 'no answer' : `${answer.status} ${answer.text.slice(0, 300)}`);
  return 'wrong';
}

async function runClosed({ ask }: Side, durationMs: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const until = performance.now() + durationMs;
  let next = 0;
  const client = async () => {
    while (performance.now() < until) outcomes.push(await ask(next++, page));
  };
  await Promise.all(Array.from({ length: clients }, client));
  return outcomes;
}

/** Requests begin when they begin, whatever became of those before. */
async function runOpen({ ask }: Side, perSecond: number): Promise<readonly Outcome[]> {
  const startedAt = performance.now();
  const outcomes: Promise<Outcome>[] = [];
  while (performance.now() - startedAt < windowMs) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    while (outcomes.length < due) outcomes.push(ask(outcomes.length, page));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(outcomes);
}

async function runGuard({ ask }: Side): Promise<readonly Outcome[]> {
  const outcomes: Promise<Outcome>[] = [];
  for (const until = performance.now() + windowMs; performance.now() < until; ) {
    outcomes.push(ask(outcomes.length, guarded));
    await new Promise((resolve) => setTimeout(resolve, guardEveryMs));
  }
  return Promise.all(outcomes);
}

function goodputOf(outcomes: readonly Outcome[]): number {
  return (timesOf(outcomes, 'answered').length / windowMs) * 1000;
}

function timesOf(outcomes: readonly Outcome[], kind: Outcome['kind']): Float64Array {
  return Float64Array.from(outcomes.filter((one) => one.kind === kind).map(({ ms }) => ms)).sort();
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(12)).join('');
}

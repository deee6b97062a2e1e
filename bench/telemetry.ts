import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { importStore } from '../src/cli/import-store.ts';
import { createScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import { median } from './compare/paired.ts';
import { openPostern } from './open-postern.ts';
import { startIssuer } from './start-issuer.ts';
import { startPostgres } from './start-postgres.ts';
import { type BenchServer, ownCheckout, startServer } from './start-server.ts';

// What a page costs of processor time, with nothing told of it and with everything: npm run bench:telemetry -- [rounds] [setting …]
// Servers that wait for their turn take memory and a little time as well: with settings named, only they are held against nothing.

const [, , given = '12', ...named] = process.argv;
const rounds = Number(given);
/** Processor time is told in hundredths of a second: so many that one of them is a hundredth of what is measured. */
const pagesPerRound = 1000;
const clients = 4;

const ids = Array.from({ length: 50 }, (_, n) => `song-${n}`);
const page = JSON.stringify({
  query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Track {
    permissions { canEdit canListen canViewStats canViewOwnSplit canDelete } } } }`,
  variables: { r: ids.map((id) => ({ __typename: 'Track', id })) },
});

/** The first one is what the others are held against; the second is the same, and says what the machine adds by itself. */
const settings = (folder: string, collector: string): Readonly<Record<string, Readonly<Record<string, string>>>> => {
  const metrics = { POSTERN_METRICS_ADDRESS: '127.0.0.1:0' };
  const decisions = { POSTERN_DECISION_LOG: 'all', POSTERN_DECISION_LOG_FILE: join(folder, 'decisions.log') };
  const traces = { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: collector };
  const marks = { NODE_OPTIONS: `--import=${new URL('./without-marks.ts', import.meta.url).href}` };
  return {
    nothing: {},
    'nothing, again': {},
    'nothing, without marks of requests': marks,
    metrics: metrics,
    'decision log': decisions,
    traces: traces,
    everything: { ...metrics, ...decisions, ...traces },
  };
};

await main();

async function main(): Promise<void> {
  const postgres = await startPostgres(undefined);
  const database = await createScratchDatabase(postgres.url);
  const postern = await openPostern(database.url);
  await importStore(postern, { kind: 'console', command: 'bench' }, 'examples/creators/store.fga.yaml');
  await postern.store.close();
  const issuer = await startIssuer();
  const folder = await mkdtemp(join(tmpdir(), 'postern-telemetry-'));
  const collector = await startCollector();
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const servers = new Map<string, BenchServer>();
  for (const [name, environment] of Object.entries(settings(folder, url))) {
    if (named.length > 0 && !['nothing', 'nothing, again', ...named].includes(name)) continue;
    const own = { POSTERN_WORKERS: '1', ...environment };
    const options = { checkout: ownCheckout, databaseUrl: database.url, issuer, environment: own };
    servers.set(name, await startServer(options));
  }
  await measure(servers, await issuer.sign('user:eve'));
  for (const server of servers.values()) await server.stop();
  collector.close();
  await rm(folder, { recursive: true, force: true });
  await issuer.stop();
  await database.drop();
  await postgres.stop();
}

/** Takes what is sent, and does nothing with it. */
async function startCollector(): Promise<Server> {
  const server = createServer((sent, response) => {
    sent.resume().on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  return server;
}

async function measure(servers: ReadonlyMap<string, BenchServer>, token: string): Promise<void> {
  const used = new Map<string, number[]>([...servers.keys()].map((name) => [name, []]));
  const names = [...servers.keys()];
  for (let round = -2; round < rounds; round += 1) {
    // Whoever comes first meets another machine than whoever comes last, and whoever comes after one that still writes another than else.
    for (const name of shuffled(names)) {
      const ms = await cpuOfPages(servers.get(name), token);
      // The first rounds warm them up.
      if (round >= 0) used.get(name)?.push(ms / pagesPerRound);
    }
  }
  const usual = used.get('nothing') ?? [];
  const sum = (each: readonly number[]) => each.reduce((all, ms) => all + ms, 0);
  for (const [name, each] of used) {
    const ratios = each.map((ms, index) => ms / (usual[index] ?? Number.NaN) - 1);
    const spread = [...ratios].sort((one, other) => one - other);
    const [low, high] = [0.25, 0.75].map((part) => spread[Math.floor(part * spread.length)] ?? Number.NaN);
    const more = `${percent(sum(each) / sum(usual) - 1)} in all, ${percent(median(ratios))} (middle half of ${rounds} pairs: ${percent(low)} to ${percent(high)})`;
    console.log(`${name.padEnd(36)} ${median(each).toFixed(3)} ms of a processor for a page; ${more}`);
  }
}

function shuffled(names: readonly string[]): readonly string[] {
  const drawn = names.map((name) => ({ name, at: Math.random() }));
  return drawn.sort((one, other) => one.at - other.at).map(({ name }) => name);
}

function percent(part = Number.NaN): string {
  return `${part < 0 ? '' : '+'}${(part * 100).toFixed(1)} %`;
}

async function cpuOfPages(server: BenchServer | undefined, token: string): Promise<number> {
  if (server === undefined) return Number.NaN;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const before = (await server.cpuUsed()) ?? Number.NaN;
  let left = pagesPerRound;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      await ask(server.url, token, agent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return ((await server.cpuUsed()) ?? Number.NaN) - before;
}

function ask(url: string, token: string, agent: Agent): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(page),
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, async (response) => {
      const body = await text(response);
      if (response.statusCode === 200 && body.startsWith('{"data":{"_entities":[{"permissions":{')) resolve();
      else reject(new Error(`The server did not answer a page: ${body.slice(0, 200)}`));
    });
    sending.on('error', reject);
    sending.end(page);
  });
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type LayerClient, openLayerClient } from './layer-client.ts';
import type { LayerRequest } from './layer-protocol.ts';
import { type LayerScenario, layerScenarios } from './layer-scenarios.ts';
import { profileOf } from './profile-of.ts';

// What HTTP and GraphQL cost without the engine: processor time of the server for each request, whose decisions are there at
// once. With `--against FOLDER`, that of another checkout beside it, by turns. `--profile` says which packages it is, and with
// `--save FILE.cpuprofile` it can be looked at.

const { values: options } = parseArgs({
  options: {
    against: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    'without-sockets': { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
    profile: { type: 'boolean', default: false },
    save: { type: 'string' },
    functions: { type: 'string', default: '0' },
  },
});

interface Served {
  readonly child: ChildProcess;
  readonly client: LayerClient;
}

const tokens = new Map<string, string>();
const folder = await mkdtemp(join(tmpdir(), 'postern-layer-'));
const here = resolve(import.meta.dirname, '../..');
try {
  const roots = options.against === undefined ? [here] : [resolve(options.against), here];
  const scenarios = layerScenarios(await permissionsOf(here));
  const wanted = scenarios.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  if (options.profile) for (const scenario of wanted) await profile(scenario);
  else await compare(roots, wanted);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(roots: readonly string[], scenarios: readonly LayerScenario[]): Promise<void> {
  const servers = await Promise.all(roots.map((root) => start(root)));
  console.log(['µs of CPU'.padEnd(24), ...roots.map((root) => root.padStart(20)), '    answers'].join(' '));
  for (const scenario of scenarios) {
    const bodies = new Set<string>();
    const used: number[][] = servers.map(() => []);
    for (let index = 0; index < Number(options.rounds) + 2; index++) {
      for (const [place, server] of servers.entries()) {
        const perRequest = await round(server, scenario, bodies);
        // The first rounds compile.
        if (index >= 2) used[place]?.push(perRequest);
      }
    }
    const cells = used.map((each) => `${median(each).toFixed(0)} (${Math.min(...each).toFixed(0)})`.padStart(20));
    console.log([scenario.name.padEnd(24), ...cells, bodies.size === 1 ? '      equal' : '  DIFFERENT'].join(' '));
  }
  for (const server of servers) stop(server);
}

function stop({ client, child }: Served): void {
  client.close();
  child.disconnect();
}

async function profile(scenario: LayerScenario): Promise<void> {
  const server = await start(here);
  for (let index = 0; index < 5; index++) await round(server, scenario, new Set());
  await ask(server.child, 'start profile');
  const used: number[] = [];
  for (let index = 0; index < Number(options.rounds); index++) used.push(await round(server, scenario, new Set()));
  const json = await ask(server.child, 'stop profile');
  stop(server);
  if (options.save !== undefined) await writeFile(options.save, json);
  console.log(`\n${scenario.name}: ${median(used).toFixed(0)} µs of CPU, the profiler's included`);
  console.log(profileOf(json, used.length * scenario.perRound, Number(options.functions)));
}

async function start(root: string): Promise<Served> {
  const decided = join(root, 'bench/layer/decide-at-once.ts');
  const child = fork(join(root, 'bench/layer/serve.ts'), [join(folder, 'key.json')], {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: ['--import', decided],
  });
  const url = await nextAnswer(child);
  return { child, client: openLayerClient(url) };
}

async function round({ child, client }: Served, scenario: LayerScenario, bodies: Set<string>): Promise<number> {
  const token = tokens.get(scenario.as) ?? (await ask(child, { tokenFor: scenario.as }));
  tokens.set(scenario.as, token);
  const before = Number(await ask(child, 'cpu'));
  if (options['without-sockets']) bodies.add(await ask(child, { inject: scenario, token }));
  else for (let index = 0; index < scenario.perRound; index++) bodies.add(await client.send(scenario, token));
  return (Number(await ask(child, 'cpu')) - before) / scenario.perRound;
}

async function ask(child: ChildProcess, request: LayerRequest): Promise<string> {
  child.send(request);
  return nextAnswer(child);
}

async function nextAnswer(child: ChildProcess): Promise<string> {
  const [text] = (await once(child, 'message')) as [string];
  return text;
}

/** The permissions of the entities, as a server says them. */
async function permissionsOf(root: string): Promise<(type: string) => readonly string[]> {
  const server = await start(root);
  const query = '{ __schema { types { name fields { name } } } }';
  const body = JSON.stringify({ query });
  const text = await server.client.send({ name: '', path: '/graphql', as: '', body, perRound: 1 }, undefined);
  stop(server);
  const { data } = JSON.parse(text) as Introspected;
  const found = new Map(data.__schema.types.map(({ name, fields }) => [name, (fields ?? []).map((one) => one.name)]));
  return (type) => found.get(`${type}Permissions`) ?? [];
}

interface Introspected {
  readonly data: {
    readonly __schema: {
      readonly types: readonly {
        readonly name: string;
        readonly fields: readonly { readonly name: string }[] | null;
      }[];
    };
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { Callers } from '../../src/operations/callers.ts';
import { Gate } from '../../src/operations/gate.ts';
import { createHttpServer } from '../../src/server/create-http-server.ts';
import { createDevelopmentIssuer } from '../../src/server/development/development-tokens.ts';
import { createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { openMemoryStore } from '../../test/support/memory-store.ts';
import { named } from '../relate.ts';
import { deciding } from './decide-at-once.ts';
import type { LayerRequest } from './layer-protocol.ts';
import type { LayerScenario } from './layer-scenarios.ts';

/** The process that is measured: everything of a server above its operations. Started by `main.ts`; ends with it. */
async function serve(keyFile: string): Promise<void> {
  const root = new URL('../../', import.meta.url);
  const parsed = parseModel(await readModelFile(new URL('examples/creators/fga.mod', root).pathname));
  if (!parsed.ok) throw new Error('The model of the examples is not valid.');
  const sdl = await readFile(new URL('schema.graphql', root), 'utf8');
  const built = buildSubgraph(sdl, parsed.value.model, new Map());
  if (!built.ok) throw new Error(built.problem.join('\n'));
  const issuer = await createDevelopmentIssuer({ keyFile, claims: { territory: 'SE' } });
  const { app } = await createHttpServer({
    gate: new Gate(1_000_000, 60_000),
    schema: built.value.schema,
    postern: { store: openMemoryStore(), platform: named('platform', 'main'), report: console.error },
    authenticator: createAuthenticator(issuer.classes, { mode: 'development' }),
    callers: new Callers({ usual: 1e9, service: 1e9 }),
    mode: 'development',
    log: pino({ level: 'error' }),
    developmentKeys: issuer.jwks,
    coprocessor: undefined,
  });
  // Everything is loaded; from here on they would only take time.
  deciding.deregister();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  process.once('disconnect', () => process.exit(0));
  process.on('message', async (request: LayerRequest) => {
    if (request === 'cpu') answer(String(usedUs()));
    else if (request === 'start profile') answer(await startProfile());
    else if (request === 'stop profile') answer(await stopProfile());
    else if ('inject' in request) answer(await injectAll(app, request.inject, request.token));
    else answer(await issuer.sign(request.tokenFor));
  });
  answer(`http://127.0.0.1:${port}`);
}

/** The last answer of a round. */
async function injectAll(app: FastifyInstance, { path, body, perRound }: LayerScenario, token: string) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const sent = {
    url: path,
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body }),
  } as const;
  let last = '';
  for (let index = 0; index < perRound; index++) last = (await app.inject(sent)).payload;
  return last;
}

function usedUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const inspector = new Session();

async function startProfile(): Promise<string> {
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.setSamplingInterval', { interval: 200 });
  await inspector.post('Profiler.start');
  return '';
}

async function stopProfile(): Promise<string> {
  const { profile } = await inspector.post('Profiler.stop');
  inspector.disconnect();
  return JSON.stringify(profile);
}

function answer(text: string): void {
  process.send?.(text);
}

const [, , keyFile] = process.argv;
if (keyFile === undefined || process.send === undefined) throw new Error('This is started by the bench.');
await serve(keyFile);

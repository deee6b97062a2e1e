import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importStore } from '../src/cli/import-store.ts';
import { readConfig } from '../src/server/config.ts';
import { type RunningServer, startServer } from '../src/server/start-server.ts';

/**
 * `npm run mcp:conformance`: plays those scenarios of the protocol's own conformance suite that are about the door and not about tools
 * of its own, against a Postern with the creators' data. What is expected to fail stands in a file, with its reason.
 */

const suite = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
const revision = '2026-07-28';
const scenarios = ['dns-rebinding-protection', 'http-header-validation', 'tools-list', 'server-stateless'];
const expectedFailures = 'scripts/mcp-conformance-failures.yaml';

/** The suite sends no tokens: each of its requests gets one on its way, and stays what it is otherwise. */
async function startTokenProxy(target: () => { readonly url: string; readonly token: string }): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const { url, token } = target();
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` };
    const forwarded = request(new URL(incoming.url ?? '/', url), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

async function startPostern(folder: string, url: string): Promise<RunningServer> {
  const config = readConfig({
    ...{ PORT: '0', POSTERN_LOG_LEVEL: 'warn', POSTERN_DATA_DIRECTORY: join(folder, 'postgres') },
    ...{ POSTERN_MCP: 'propose', POSTERN_MCP_URL: url },
  });
  if (!config.ok) throw new Error(config.problem.join('\n'));
  return startServer(config.value, {
    onProgress: () => undefined,
    developmentClaims: {},
    developmentCallers: [],
    developmentKeyFile: join(folder, 'development-key.json'),
    prepare: async (postern) => {
      await importStore(postern, { kind: 'console', command: 'conformance' }, 'examples/creators/store.fga.yaml');
    },
  });
}

async function play(scenario: string, url: string): Promise<number> {
  const about = ['--scenario', scenario, '--spec-version', revision, '--expected-failures', expectedFailures];
  const child = spawn('npx', ['--yes', suite, 'server', '--url', url, ...about], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  return Number(status ?? 1);
}

const folder = await mkdtemp(join(tmpdir(), 'postern-conformance-'));
let target = { url: '', token: '' };
const proxy = await startTokenProxy(() => target);
const url = `http://localhost:${(proxy.address() as AddressInfo).port}/mcp`;
const postern = await startPostern(folder, url);
try {
  target = { url: postern.url, token: (await postern.issuer?.sign('user:eve')) ?? '' };
  const failed: string[] = [];
  for (const scenario of scenarios) if ((await play(scenario, url)) !== 0) failed.push(scenario);
  console.log(
    failed.length === 0 ? 'All scenarios ended as they are expected to.' : `Not as expected: ${failed.join(', ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  proxy.close();
  await postern.stop();
  await rm(folder, { recursive: true, force: true });
}

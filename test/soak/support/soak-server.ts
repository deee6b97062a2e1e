import { join } from 'node:path';
import { importStore } from '../../../src/cli/import-store.ts';
import { readConfig } from '../../../src/server/config.ts';
import { startServer } from '../../../src/server/start-server.ts';

// A server in a process of its own, with several workers, as the soak runs it. It is told to end by a signal.

export interface SoakServerReady {
  readonly url: string;
  readonly metricsUrl: string;
  readonly tokens: Readonly<Record<string, string>>;
}

const [folder = '', storeFile = '', ...subjects] = process.argv.slice(2);
const config = readConfig(process.env);
if (!config.ok) throw new Error(config.problem.join('\n'));
const server = await startServer(config.value, {
  onProgress: () => undefined,
  developmentClaims: {},
  developmentCallers: [],
  developmentKeyFile: join(folder, 'development-key.json'),
  prepare: async (postern) => {
    if (storeFile !== '') await importStore(postern, { kind: 'console', command: 'soak' }, storeFile);
  },
});
process.once('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});
const tokens = await Promise.all(subjects.map(async (one) => [one, (await server.issuer?.sign(one)) ?? ''] as const));
const ready: SoakServerReady = {
  url: server.url,
  metricsUrl: server.metricsUrl ?? '',
  tokens: Object.fromEntries(tokens),
};
process.send?.(ready);

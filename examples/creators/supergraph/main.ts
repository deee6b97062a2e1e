import { once } from 'node:events';

import { buildApp } from '../../../scripts/build-app.mjs';
import { introduceDemo } from './introduce-demo.ts';
import { startDemo } from './start-demo.ts';

const defaultPort = 4100;

await main();

async function main(): Promise<void> {
  const stopping = stopSignal();
  try {
    if (buildApp('examples/creators/studio') !== 0) throw new Error('The studio cannot be built.');
    console.log('Starting Postern, four subgraphs and the gateway …');
    const demo = await startDemo({ gatewayPort: readPort() });
    console.log(introduceDemo(demo));
    if (!stopping.aborted) await once(stopping, 'abort');
    console.log('\nStopping …');
    await demo.stop();
  } catch (error) {
    // Ctrl-C reaches Postern too, so a start that was interrupted fails as well.
    if (stopping.aborted) return;
    console.error(`The demo failed. ${reason(error)}`);
    process.exitCode = 1;
  }
}

/** Aborted by the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

function readPort(): number {
  const text = process.env.DEMO_PORT ?? String(defaultPort);
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`DEMO_PORT is "${text}", which is not a port.`);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port of the gateway is taken by another program. Choose another one with DEMO_PORT.';
  }
  return error.message;
}

import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../base/assert-never.ts';
import type { Metrics } from '../../base/metrics.ts';
import { Stops } from '../../base/stops.ts';
import type { Callers } from '../../operations/callers.ts';
import { type AnsweringServer, createAnsweringServer } from '../answering-server.ts';
import { createLog } from '../create-log.ts';
import { prepareDevelopment } from '../development/development.ts';
import { measureUse } from '../measure-use.ts';
import { openPostern } from '../open-postern.ts';
import { openTelemetry } from '../telemetry/open-telemetry.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-message.ts';

// The thread of a worker: a whole server, which shares its port with others and its memory with nobody.

/** How long what a caller has used up may be unknown to the other workers. */
const tellingMs = 10;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function build(start: WorkerStart, stops: Stops): Promise<BuiltWorker> {
  const { config, databaseUrl, live, arrivalMs } = start;
  // It writes by itself, at once: what a worker said last is not lost with it.
  const log = createLog(config.logLevel).child({ worker: start.number });
  const telemetry = openTelemetry(config, { log, stops });
  const { metrics, tracer } = telemetry;
  const opened = await openPostern(config, { ...start, databaseUrl, log, stops, telemetry });
  const development = await prepareDevelopment(config, start, opened.store);
  const postern = await measureUse(config, opened, { log, stops });
  const server = await createAnsweringServer(config, { postern, development, log, tracer, live, arrivalMs });
  stops.add(server.stop);
  return { server, metrics };
}

interface BuiltWorker {
  readonly server: AnsweringServer;
  readonly metrics: Metrics | undefined;
}

function tellOthers(callers: Callers): void {
  callers.keepUse(() => {
    setTimeout(() => send({ kind: 'used', uses: callers.takeUse() }), tellingMs);
  });
}

/** Ends this thread, and nothing else, when everything is answered. */
async function stop(stops: Stops): Promise<never> {
  await stops.run();
  process.exit(0);
}

async function run(): Promise<void> {
  const stops = new Stops();
  const building = build(workerData as WorkerStart, stops);
  parentPort?.on('message', async (message: ToWorker) => {
    if (message.kind === 'stop') return stop(stops);
    const { server, metrics } = await building;
    if (message.kind === 'used') server.callers.hearOf(message.uses);
    else if (message.kind === 'listen') send({ kind: 'listening', port: await server.listen(message.place) });
    else if (message.kind === 'read') {
      send({ kind: 'reading', question: message.question, reading: metrics?.read() ?? [] });
    } else assertNever(message);
  });
  tellOthers((await building).server.callers);
  send({ kind: 'built' });
}

await run();

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { quote } from '../../base/text-problem.ts';
import type { MetricsAddress } from '../config/metrics-address.ts';
import { formatMetrics, metricsType, type WorkerReading } from './format-metrics.ts';

export interface MetricsServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** `GET /metrics`, at an address of its own: what a server tells of itself is not for its callers. */
export async function serveMetrics(
  { host, port }: MetricsAddress,
  read: () => Promise<readonly WorkerReading[]>,
): Promise<MetricsServer> {
  const server = createServer(async ({ url, method }, response) => {
    if (url !== '/metrics' || method !== 'GET') return void response.writeHead(404).end();
    try {
      const text = formatMetrics(await read());
      response.writeHead(200, { 'content-type': metricsType }).end(text);
    } catch {
      response.writeHead(500).end();
    }
  });
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const why = isTaken ? ', which is in use already' : '';
    const where = quote(`${host}:${port}`);
    throw new Error(
      `Metrics cannot be served at ${where}${why}. Next: set POSTERN_METRICS_ADDRESS to another address.`,
    );
  }
  const stop = async () => {
    server.close();
    server.closeAllConnections();
  };
  const { port: found } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${found}/metrics`, stop };
}

import { Agent, request } from 'node:http';
import type { LayerScenario } from './layer-scenarios.ts';

/** A client with one connection that stays open. */
export interface LayerClient {
  /** The body of the answer; throws unless it is a plain success. */
  send(scenario: LayerScenario, token: string | undefined): Promise<string>;
  close(): void;
}

export function openLayerClient(url: string): LayerClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = ({ path, body }: LayerScenario, token: string | undefined) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const typed =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(new URL(path, url), { method, agent, headers: { ...typed, ...authorization } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if (response.statusCode === 200 && !text.includes('"errors":')) resolve(text);
        else reject(new Error(`The server answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
    return promise;
  };
  return { send, close: () => agent.destroy() };
}

import { Agent, request } from 'node:http';

/** A client that keeps its connections, as a gateway does. */
export interface HttpClient {
  /** The body of the answer; throws unless it is a plain success. */
  post(url: string, body: string, token: string): Promise<string>;
  close(): void;
}

export function openHttpClient(connections: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: (url, body, token) => post(agent, url, body, token),
    close: () => agent.destroy(),
  };
}

function post(agent: Agent, url: string, body: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        // Data are booleans, ids and cursors, so the word can only be that of an error.
        if (response.statusCode === 200 && !text.includes('"errors":')) resolve(text);
        else reject(new Error(`The server answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

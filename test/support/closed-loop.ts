import { Agent, request as httpRequest } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Clients on a thread of their own, so that what they compute is not taken for what the server needs: each sends its request
 * again as soon as it is answered, whatever the answer is.
 */
export interface LoopOrder {
  readonly url: string;
  /** One client for each. */
  readonly requests: readonly LoopRequest[];
  /** Between an answer and the next request. */
  readonly pauseMs: number;
  readonly durationMs: number;
  /** Leaves an answer that is a stream after its first part. */
  readonly isStream: boolean;
}

export interface LoopRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoopAnswer {
  readonly status: number;
  readonly ms: number;
  /** The beginning of it. */
  readonly text: string;
}

const keptCharacters = 300;

async function loop(order: LoopOrder, one: LoopRequest, until: number): Promise<readonly LoopAnswer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: LoopAnswer[] = [];
  while (performance.now() < until) {
    answers.push(await send(order, one, agent));
    if (order.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, order.pauseMs));
  }
  agent.destroy();
  return answers;
}

function send({ url, isStream }: LoopOrder, { headers, body }: LoopRequest, agent: Agent): Promise<LoopAnswer> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, text: string) => resolve({ status, ms: performance.now() - startedAt, text });
    const sent = httpRequest(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          if (text.length < keptCharacters) text += chunk.toString('utf8').slice(0, keptCharacters);
          if (isStream) response.destroy();
        });
        response.on('close', () => end(response.statusCode ?? 0, text));
      },
    );
    sent.on('error', (error) => end(0, error.message));
    sent.end(body);
  });
}

if (parentPort !== null) {
  const order = workerData as LoopOrder;
  const until = performance.now() + order.durationMs;
  const answers = await Promise.all(order.requests.map((one) => loop(order, one, until)));
  parentPort.postMessage(answers.flat());
}

import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface PinnedAnswer {
  readonly status: number;
  /** Which worker answered. */
  readonly worker: string;
  readonly text: string;
}

/** A request whose headers have arrived, and whose body has not. */
export interface BegunRequest {
  /** Rejects when the connection ends before. */
  readonly answer: Promise<PinnedAnswer>;
  finish(): void;
}

/** Asks on one connection, as long as the server keeps it: so one worker answers. */
export class PinnedClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  async ask(body: object, headers: Readonly<Record<string, string>> = {}): Promise<PinnedAnswer> {
    const sending = request(this.#url, {
      method: 'POST',
      agent: this.#agent,
      headers: { ...this.#headers, ...headers },
    });
    sending.end(JSON.stringify(body));
    return answerTo(sending);
  }

  async begin(body: object): Promise<BegunRequest> {
    const content = JSON.stringify(body);
    const sending = request(this.#url, {
      method: 'POST',
      agent: this.#agent,
      headers: { ...this.#headers, 'content-length': content.length, expect: '100-continue' },
    });
    const answer = answerTo(sending);
    answer.catch(() => undefined);
    sending.flushHeaders();
    await once(sending, 'continue');
    return { answer, finish: () => void sending.end(content) };
  }

  close(): void {
    this.#agent.destroy();
  }
}

async function answerTo(sending: ReturnType<typeof request>): Promise<PinnedAnswer> {
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  const worker = String(response.headers['x-worker']);
  return { status: response.statusCode ?? 0, worker, text: await text(response) };
}

import { connect, type Socket } from 'node:net';

/** A client that keeps its connections, as a gateway does. */
export interface HttpClient {
  /** The body of the answer; throws unless it is a plain success. */
  post(url: string, body: string, token: string): Promise<string>;
  /** Whatever the answer is; throws where there is none. */
  ask(url: string, body: string, token: string): Promise<Response>;
  close(): void;
}

/**
 * As little as a client can do, because it shares the cores with the server that is measured: Node's own takes longer for a request than
 * the server does for a check. It knows answers with a length and such in chunks, and no redirects, encodings or trailers.
 */
export function openHttpClient(connections: number): HttpClient {
  const idle: Connection[] = [];
  const waiting: ((connection: Connection) => void)[] = [];
  let opened = 0;
  const take = (url: URL): Promise<Connection> => {
    const free = idle.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (opened >= connections) return new Promise((resolve) => waiting.push(resolve));
    opened += 1;
    return Promise.resolve(new Connection(url));
  };
  const give = (connection: Connection) => {
    const next = waiting.shift();
    if (next !== undefined) next(connection);
    else idle.push(connection);
  };
  const ask = async (address: string, body: string, token: string) => {
    const url = new URL(address);
    const connection = await take(url);
    try {
      return await connection.send(url, requestText(url, body, token));
    } finally {
      give(connection);
    }
  };
  return {
    ask,
    post: async (address, body, token) => {
      const { status, text } = await ask(address, body, token);
      // Data are booleans, ids and cursors, so the word can only be that of an error.
      if (status === 200 && !text.includes('"errors":')) return text;
      throw new Error(`The server answered ${status}: ${text.slice(0, 500)}`);
    },
    close: () => {
      for (const connection of idle.splice(0)) connection.end();
    },
  };
}

function requestText({ host, pathname }: URL, body: string, token: string): string {
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}`;
  return `${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export interface Response {
  readonly status: number;
  readonly text: string;
}

/** One request at a time; opened again for the next one after a server has closed it. */
class Connection {
  #address: string;
  #socket: Socket | undefined;
  #pieces: Buffer[] = [];
  #settle: ((answer: Response | Error) => void) | undefined;

  constructor({ host }: URL) {
    this.#address = host;
  }

  send(url: URL, request: string): Promise<Response> {
    if (this.#socket?.destroyed !== false || this.#address !== url.host) this.#open(url);
    return new Promise((resolve, reject) => {
      this.#settle = (answer) => (answer instanceof Error ? reject(answer) : resolve(answer));
      this.#socket?.write(request);
    });
  }

  end(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open({ host, hostname, port }: URL): void {
    this.#socket?.destroy();
    this.#address = host;
    this.#pieces = [];
    const socket = connect({ host: hostname, port: Number(port || 80), noDelay: true });
    this.#socket = socket;
    const fail = (error: Error) => {
      if (this.#socket === socket) this.#answer(error);
    };
    socket.on('data', (piece: Buffer) => this.#hear(piece));
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server closed the connection before it had answered.')));
  }

  #hear(piece: Buffer): void {
    this.#pieces.push(piece);
    const whole = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    this.#pieces = [whole];
    const answer = parseResponse(whole);
    if (answer !== undefined) this.#answer(answer);
  }

  #answer(answer: Response | Error): void {
    // What could not be read may go on, and is no answer to the next request.
    if (answer instanceof Error) this.end();
    const settle = this.#settle;
    this.#settle = undefined;
    this.#pieces = [];
    settle?.(answer);
  }
}

/** Undefined as long as it is not whole. */
function parseResponse(bytes: Buffer): Response | Error | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const body = bodyOf(head, bytes.subarray(headEnd + 4));
  if (body === undefined || body instanceof Error) return body;
  return { status: Number(head.slice(9, 12)), text: body.toString('utf8') };
}

function bodyOf(head: string, bytes: Buffer): Buffer | Error | undefined {
  if (/^transfer-encoding: *chunked/im.test(head)) return joinChunks(bytes);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) return new Error(`The server does not say how long its answer is:\n${head}`);
  return bytes.length < Number(length) ? undefined : bytes.subarray(0, Number(length));
}

/** Each chunk has its length before it, and the last one has none. */
function joinChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let start = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', start);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', start, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (bytes.length < end + 2) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(lineEnd + 2, end));
    start = end + 2;
  }
}

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';
import type { AnswerError } from './postern-server.ts';

/** What a subscriber is told: events, at last that there are no more, or that the connection is gone. */
export type LiveMessage =
  | { readonly kind: 'next'; readonly data: unknown; readonly errors: readonly AnswerError[] }
  | { readonly kind: 'complete' }
  /** A status of HTTP, or the code of a WebSocket's end; undefined for a connection that broke. */
  | { readonly kind: 'closed'; readonly code: number | undefined; readonly text: string };

/** One subscription, read message by message: what is not asked for stays in the network. */
export interface LiveStream {
  next(): Promise<LiveMessage>;
  /** Breaks the connection without a farewell. */
  kill(): void;
}

export interface Subscribing {
  readonly token?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What follows the address of GraphQL in that of streams; `/stream` unless told. */
  readonly path?: string;
  /** Of Server-Sent Events; besides what they need. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type Subscribe = (url: string, query: string, subscribing?: Subscribing) => LiveStream;

/** The same subscription over each transport. */
export const transports: readonly (readonly [name: string, subscribe: Subscribe])[] = [
  ['Server-Sent Events', overEvents],
  ['WebSocket', overWebSocket],
];

export function overEvents(url: string, query: string, subscribing: Subscribing = {}): LiveStream {
  const { token, variables, path = '/stream', headers: more } = subscribing;
  const headers = {
    ...more,
    accept: 'text/event-stream',
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const sent = request(`${url}${path}`, { method: 'POST', headers, agent: false });
  const responding = once(sent, 'response') as Promise<[IncomingMessage]>;
  responding.catch(() => {});
  sent.end(JSON.stringify({ query, variables }));
  const messages = readEvents(responding);
  return { next: () => nextOf(messages), kill: () => void sent.destroy() };
}

async function* readEvents(responding: Promise<[IncomingMessage]>): AsyncGenerator<LiveMessage, void, undefined> {
  try {
    const [response] = await responding;
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk;
      if (response.statusCode !== 200) continue;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) yield* messageOf(block);
    }
    yield { kind: 'closed', code: response.statusCode, text };
  } catch {
    yield { kind: 'closed', code: undefined, text: '' };
  }
}

function* messageOf(block: string): Generator<LiveMessage, void, undefined> {
  const event = /^event: (\w+)$/m.exec(block)?.[1];
  if (event === 'complete') yield { kind: 'complete' };
  if (event === 'next') yield nextMessage(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}'));
}

function nextMessage({ data, errors = [] }: { data?: unknown; errors?: readonly AnswerError[] }): LiveMessage {
  return { kind: 'next', data, errors };
}

export function overWebSocket(url: string, query: string, { token, variables }: Subscribing = {}): LiveStream {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const messages = readFrames(socket);
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  socket.on('open', () => {
    send({ type: 'connection_init', payload: { authorization: token === undefined ? undefined : `Bearer ${token}` } });
  });
  socket.on('message', (data) => {
    if (JSON.parse(String(data)).type !== 'connection_ack') return;
    send({ id: '1', type: 'subscribe', payload: { query, variables } });
  });
  return { next: () => nextOf(messages), kill: () => socket.terminate() };
}

/** Frames as they are asked for: the socket is paused while there is one that nobody has taken. */
function readFrames(socket: WebSocket): AsyncGenerator<LiveMessage, void, undefined> {
  const waiting: LiveMessage[] = [];
  let wake = () => {};
  const put = (message: LiveMessage) => {
    waiting.push(message);
    if (socket.readyState === WebSocket.OPEN) socket.pause();
    wake();
  };
  socket.on('error', () => {});
  socket.on('close', (code, reason) =>
    put({ kind: 'closed', code: code === 1006 ? undefined : code, text: `${reason}` }),
  );
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type === 'next') put(nextMessage(payload));
    if (type === 'error') put(nextMessage({ data: null, errors: payload }));
    if (type === 'error' || type === 'complete') put({ kind: 'complete' });
  });
  const arrival = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (socket.isPaused) socket.resume();
    });
  return takeAll(waiting, arrival);
}

async function* takeAll(
  waiting: LiveMessage[],
  arrival: () => Promise<void>,
): AsyncGenerator<LiveMessage, void, undefined> {
  for (;;) {
    if (waiting.length === 0) await arrival();
    const message = waiting.shift();
    if (message !== undefined) yield message;
    if (message?.kind === 'closed') return;
  }
}

async function nextOf(messages: AsyncGenerator<LiveMessage, void, undefined>): Promise<LiveMessage> {
  const { value } = await messages.next();
  return value ?? { kind: 'closed', code: undefined, text: '' };
}

/** The next event without an error; everything else fails the test that expected one. */
export async function eventOf<Data>(stream: LiveStream): Promise<Data> {
  const message = await stream.next();
  if (message.kind === 'next' && message.errors.length === 0) return message.data as Data;
  throw new Error(`Instead of an event there was ${JSON.stringify(message)}.`);
}

/** How a stream ends: the codes of its errors, and what came before the end. */
export async function endOf(
  stream: LiveStream,
): Promise<{ readonly events: number; readonly codes: readonly string[] }> {
  for (let events = 0; ; events++) {
    const message = await stream.next();
    if (message.kind === 'next' && message.errors.length === 0) continue;
    if (message.kind !== 'next') throw new Error(`Without an error there was ${JSON.stringify(message)}.`);
    const codes = message.errors.map(({ extensions }) => extensions.code);
    const last = await stream.next();
    if (last.kind !== 'complete') throw new Error(`After the error there was ${JSON.stringify(last)}.`);
    return { events, codes };
  }
}

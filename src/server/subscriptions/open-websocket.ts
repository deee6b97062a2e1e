import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from 'graphql-ws';
import type { RawData } from 'ws';
import { callerOf, payForRequest } from '../http/admit-request.ts';
import { parseJsonBody } from '../http/parse-json-body.ts';
import type { SocketConnection } from './socket-connection.ts';
import type { SubscriptionParts } from './subscription-parts.ts';

/** What may wait to be taken by a client that sends more: pings and refusals are answered without being asked for. */
const maxBufferedBytes = 4 * 1024 * 1024;

const badMessage = 4400;
const internalError = 4500;
const sessionOver = 4403;
const goingAway = 1001;
const tryAgainLater = 1013;

/** Connects a socket with graphql-ws: one message after the other is checked, and answered no faster than it is taken. */
export function openWebSocket(
  connection: SocketConnection,
  protocol: Server<SocketConnection>,
  parts: SubscriptionParts,
): void {
  const { socket, session } = connection;
  const running = new Set<Promise<void>>();
  socket.on('error', (error) => parts.log.debug({ err: error }, 'A WebSocket failed.'));
  socket.on('ping', () => cutIfFull(connection));
  const take = (answer: Answer, data: RawData, isBinary: boolean) => {
    // What was subscribed and completed again goes on until it notices: a client must not heap that up.
    if (running.size >= parts.limits.messagesAtOnce) return socket.terminate();
    // As with requests: who sends too much is sent away before it is looked at.
    if (!isPaidFor(connection, data, parts)) return socket.close(tryAgainLater, 'Too many messages; come back later.');
    const work = takeMessage(connection, answer, isBinary ? undefined : textOf(data), parts);
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  const opened = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(connection, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (answer) => socket.on('message', (data, isBinary) => take(answer, data, isBinary)),
    },
    connection,
  );
  const watch = watchPulse(connection, running, parts);
  session.ended.addEventListener('abort', () => void sayGoodbye(connection, running, parts));
  socket.once('close', (code, reason) => {
    clearInterval(watch);
    void opened(code, String(reason));
  });
}

function isPaidFor({ caller, request }: SocketConnection, data: RawData, { callers }: SubscriptionParts): boolean {
  const served = callerOf(callers, caller, request.socket.remoteAddress ?? '');
  return payForRequest(served, Buffer.isBuffer(data) ? data.length : 0) === 0;
}

/** What graphql-ws does with a message; of one that subscribes it is done when the subscription is. */
type Answer = (text: string) => Promise<void>;

async function takeMessage(
  connection: SocketConnection,
  answer: Answer,
  text: string | undefined,
  { log }: SubscriptionParts,
): Promise<void> {
  const { socket } = connection;
  if (text === undefined) return socket.close(badMessage, 'Invalid message received');
  if (cutIfFull(connection)) return;
  try {
    await answer(text);
  } catch (error) {
    log.error({ err: error }, 'A WebSocket message failed.');
    socket.close(internalError, 'Internal server error');
  }
}

/** JSON with one meaning, as in the bodies of requests. */
function textOf(data: RawData): string | undefined {
  if (!Buffer.isBuffer(data) || !parseJsonBody(data).ok) return undefined;
  return data.toString('utf8');
}

/** Settles when the network has taken it: the next event is not asked for before. */
function send({ socket }: SocketConnection, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, () => resolve());
  });
}

function cutIfFull({ socket }: SocketConnection): boolean {
  if (socket.bufferedAmount <= maxBufferedBytes) return false;
  socket.terminate();
  return true;
}

/** Cuts off a client that does not answer, and sends away one that wants nothing. */
function watchPulse(
  { socket }: SocketConnection,
  running: ReadonlySet<unknown>,
  { limits }: SubscriptionParts,
): NodeJS.Timeout {
  let isAlive = true;
  let busyAt = performance.now();
  socket.on('pong', () => {
    isAlive = true;
  });
  return setInterval(() => {
    if (!isAlive) return socket.terminate();
    if (running.size > 0) busyAt = performance.now();
    else if (performance.now() - busyAt > limits.idleMs) return socket.close(goingAway, 'Idle');
    isAlive = false;
    socket.ping();
  }, limits.pingMs);
}

/** When the session has ended, its subscriptions say so one by one; then there is nothing left to say. */
async function sayGoodbye(
  { socket }: SocketConnection,
  running: ReadonlySet<Promise<void>>,
  { limits }: SubscriptionParts,
): Promise<void> {
  await Promise.race([Promise.all(running), pause(limits.farewellMs, undefined, { ref: false })]);
  socket.close(sessionOver, 'The session has ended.');
  await pause(limits.farewellMs, undefined, { ref: false });
  socket.terminate();
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { handleProtocols, makeServer, type Server } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { badRequest, tooManySubscriptions, unauthenticated } from '../../graphql/errors.ts';
import { callerName } from '../../operations/actor.ts';
import { workingFor } from '../../operations/postern.ts';
import { contextOf } from '../http/create-request-context.ts';
import { authenticateConnection } from './authenticate-connection.ts';
import { maskResult } from './mask-result.ts';
import { openWebSocket } from './open-websocket.ts';
import { readSubscription } from './read-subscription.ts';
import type { SocketConnection } from './socket-connection.ts';
import type { SubscriptionParts } from './subscription-parts.ts';

/** WebSockets at `/graphql`, which speak `graphql-transport-ws`. Everything about each subscription is as with streams. */
export function serveWebSockets(app: FastifyInstance, parts: SubscriptionParts, maxMessageBytes: number): void {
  const websockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, handleProtocols });
  const protocol = createProtocol(parts);
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?')[0] !== '/graphql') return refuse(socket, '404 Not Found');
    const session = parts.sessions.openForStranger(() => socket.destroy());
    if (session === undefined) return refuse(socket, '503 Service Unavailable');
    socket.once('close', () => parts.sessions.close(session));
    websockets.handleUpgrade(request, socket, head, (websocket) =>
      openWebSocket({ socket: websocket, request, session, caller: undefined }, protocol, parts),
    );
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function createProtocol(parts: SubscriptionParts): Server<SocketConnection> {
  const { schema, mode, mask, limits, postern, callers, sessions } = parts;
  return makeServer<Record<string, unknown> | undefined, SocketConnection>({
    connectionInitWaitTimeout: limits.initialisationMs,
    onConnect: ({ extra, connectionParams, subscriptions }) =>
      authenticateConnection(extra, connectionParams, () => Object.keys(subscriptions).length, parts),
    onSubscribe: ({ extra, subscriptions }, _id, payload) => {
      const { caller, session } = extra;
      if (caller === undefined || session.ended.aborted) return [unauthenticated()];
      const most = limits.subscriptionsPerConnection;
      if (Object.keys(subscriptions).length > most)
        return [badRequest(`A connection carries at most ${most} subscriptions.`)];
      const name = callerName(caller);
      // It counts itself.
      if (sessions.countSubscriptions(name) > limits.subscriptionsPerSubject) return [tooManySubscriptions()];
      const served = callers.of(name);
      const read = readSubscription(schema, mode, payload, served);
      if (!read.ok) return read.problem;
      return { ...read.value, contextValue: contextOf(caller, randomUUID(), workingFor(postern, served), session) };
    },
    onNext: (_context, _id, _payload, _args, result) => maskResult(result, mask),
    onError: (_context, _id, _payload, errors) => errors.map((error) => mask(error.toJSON(), error)),
  });
}

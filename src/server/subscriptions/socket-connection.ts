import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Authenticated } from '../identity/authenticate.ts';
import type { LiveSession } from './live-session.ts';

/** A WebSocket on its way through graphql-ws. */
export interface SocketConnection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly session: LiveSession;
  /** Who it belongs to; known once the client has said it. */
  caller: Authenticated | undefined;
}

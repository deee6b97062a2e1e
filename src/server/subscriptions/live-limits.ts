import { limits } from '../../model/limits.ts';

/** What subscribers may take up of a process. */
export interface LiveLimits {
  /** Open connections, of both transports together. */
  readonly connections: number;
  /** WebSockets whose clients have not said who they are: anybody can open one. */
  readonly strangers: number;
  readonly connectionsPerSubject: number;
  readonly subscriptionsPerSubject: number;
  readonly subscriptionsPerConnection: number;
  /** Messages of one WebSocket that are not dealt with; those that subscribe are as long as they run. */
  readonly messagesAtOnce: number;
  /** How long a WebSocket may be open before its client says who it is. */
  readonly initialisationMs: number;
  /** How long a WebSocket may be open without a subscription. */
  readonly idleMs: number;
  /** How often a connection is tried; one that takes nothing meanwhile is cut off. */
  readonly pingMs: number;
  /** How long connections have for their last words. */
  readonly farewellMs: number;
}

export const liveLimits: LiveLimits = {
  connections: limits.liveConnections.most,
  strangers: limits.liveStrangers.most,
  connectionsPerSubject: limits.liveConnectionsOfSubject.most,
  subscriptionsPerSubject: limits.subscriptionsOfSubject.most,
  subscriptionsPerConnection: limits.subscriptionsOfConnection.most,
  messagesAtOnce: limits.messagesAtOnce.most,
  initialisationMs: 3000,
  idleMs: 60_000,
  pingMs: 12_000,
  farewellMs: 2000,
};

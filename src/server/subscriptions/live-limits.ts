/** What subscribers may take up of a process. */
export interface LiveLimits {
  /** Open connections, of both transports together. */
  readonly connections: number;
  /** Of these, how many one subject may have, so that nobody takes all of them. */
  readonly connectionsPerSubject: number;
  readonly subscriptionsPerConnection: number;
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
  connections: 1000,
  connectionsPerSubject: 30,
  subscriptionsPerConnection: 20,
  initialisationMs: 3000,
  idleMs: 60_000,
  pingMs: 12_000,
  farewellMs: 2000,
};

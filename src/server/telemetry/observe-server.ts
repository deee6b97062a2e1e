import type { Metrics } from '../../base/metrics.ts';
import type { Gate } from '../../operations/gate.ts';
import type { ReadinessProbe } from '../http/readiness.ts';
import type { LiveSessions } from '../subscriptions/live-sessions.ts';

export interface ObservedServer {
  readonly gate: Gate;
  readonly readiness: ReadinessProbe;
  readonly sessions: LiveSessions;
}

/** What the part of the server that answers requests is doing. */
export function observeServer(metrics: Metrics, { gate, readiness, sessions }: ObservedServer): void {
  metrics.observe('postern_admitted_weight', () => gate.rooms.map(({ kind, weight }) => [[kind], weight]));
  metrics.observe('postern_admitted_weight_limit', () => gate.rooms.map(({ kind, size }) => [[kind], size]));
  metrics.observe('postern_shed_total', () => gate.rooms.map(({ kind, refused }) => [[kind], refused]));
  metrics.observe('postern_live_connections', () => [[[], sessions.count]]);
  metrics.observe('postern_draining', () => [[[], readiness.isDraining ? 1 : 0]]);
}

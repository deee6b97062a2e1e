import type { Machine } from '../report.ts';

/** Postern beside other servers: the same data, the same questions, the same answers. */
export interface BesideReport {
  readonly kind: 'beside';
  readonly takenAt: string;
  readonly machine: Machine;
  readonly relationships: number;
  /** How many checks of all scenarios were answered by every server as by Postern's engine; all of them, or there is no report. */
  readonly comparedChecks: number;
  readonly results: readonly BesideResult[];
}

export interface BesideResult {
  readonly scenario: string;
  readonly server: string;
  readonly checksPerRequest: number;
  /** Of requests that were never asked before, one at a time. */
  readonly coldP50Ms: number;
  /** Of the same requests asked over and over, one at a time: whatever a server may keep, it has. */
  readonly warmP50Ms: number;
  /** With 16 under way, over and over. */
  readonly checksPerSecond: number;
}

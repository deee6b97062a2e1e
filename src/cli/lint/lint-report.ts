import type { Finding } from './finding.ts';
import type { GuardedCoordinates } from './list-permissions.ts';

/** What a run of `postern lint` found, and on what. */
export interface LintReport {
  readonly subgraphs: readonly { readonly name: string; readonly file: string }[];
  /** Which model the guards were compared with. */
  readonly model: string;
  readonly guards: number;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
  /** Present when it was asked for. */
  readonly permissions?: readonly GuardedCoordinates[];
}

import type { Reading } from '../../base/metrics.ts';
import type { CallerUse } from '../../operations/callers.ts';
import type { Dialect } from '../../store/dialect.ts';
import type { ListeningPlace } from '../answering-server.ts';
import type { Config } from '../config.ts';
import type { DevelopmentOptions } from '../development/development.ts';
import type { LiveLimits } from '../subscriptions/live-limits.ts';

/** What a worker is given when it starts. All of it is plain data. */
export interface WorkerStart extends DevelopmentOptions {
  /** From 1 on; one that takes the place of another has its number. */
  readonly number: number;
  /** What is its own of what the process may have. */
  readonly config: Config;
  /** A database that was migrated. */
  readonly databaseUrl: string;
  readonly dialect: Dialect;
  readonly live: LiveLimits;
  readonly arrivalMs: number | undefined;
}

export type ToWorker =
  | { readonly kind: 'listen'; readonly place: ListeningPlace }
  | { readonly kind: 'used'; readonly uses: readonly CallerUse[] }
  /** Asks for what was counted; the answer has the same number. */
  | { readonly kind: 'read'; readonly question: number }
  | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'built' }
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'reading'; readonly question: number; readonly reading: Reading }
  /** What callers have used up there. */
  | { readonly kind: 'used'; readonly uses: readonly CallerUse[] };

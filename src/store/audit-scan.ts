import type { AuditLogHead } from './audit-chain.ts';
import type { ModelHistory } from './model-history.ts';

/** A relationship as the texts that the store has for it: equal texts are equal bytes. */
export interface RelationshipTexts {
  readonly object: string;
  readonly relation: string;
  readonly subject: string;
  readonly condition: string | null;
  /** JSON, with one text for equal values. */
  readonly context: string | null;
  readonly startsAt: string | null;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  /** Null for one that was written at the server's console. */
  readonly createdBy: string | null;
}

/** What an event did to a relationship. */
export interface ReplayStep extends RelationshipTexts {
  readonly event: number;
  readonly kind: 'put' | 'taken';
}

/** The steps of some events that follow each other. */
export interface ReplaySteps {
  readonly steps: readonly ReplayStep[];
  /** The last of the events, which need not have a step. */
  readonly last: number;
}

/** What the texts of relationships do not show, and the count of revisions. */
export interface LooseEnds {
  /** Relationships whose subject or condition is a number that nothing has. */
  readonly unnamed: number;
  /** Relationships whose subject is of another type than they say. */
  readonly mistyped: number;
  readonly revision: number;
  /** The last revision that an event is about. */
  readonly lastRevision: number;
}

/** The whole log beside everything that it is about, in one state. */
export interface AuditScan {
  head(): Promise<AuditLogHead>;
  /**
   * What all events did to relationships, in order, a bounded number at a time. An event has taken before it has put, and
   * whatever it put has its time and its actor.
   */
  steps(): AsyncIterable<ReplaySteps>;
  /** All stored relationships, those that have expired included, in a stable order, a bounded number at a time. */
  relationships(): AsyncIterable<readonly RelationshipTexts[]>;
  /** All models with all events after one. */
  models(after: number): Promise<ModelHistory>;
  looseEnds(): Promise<LooseEnds>;
  /** The store's clock, as the texts of instants are. */
  now(): Promise<string>;
}

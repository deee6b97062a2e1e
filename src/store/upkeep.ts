import type { Relationship } from '../model/relationship.ts';
import type { RelationshipCursor } from './relationship-page.ts';

/** What is kept for so long, and then removed; counted by the database's clock. */
export interface Retention {
  /** A relationship that has expired, from its end on. Infinite where it is kept for ever, as with the others. */
  readonly expiredMs: number;
  /** What a revision changed, for those who follow changes. */
  readonly changesMs: number;
  /** The outcome of a write with a key, for its repetitions. */
  readonly outcomesMs: number;
  /** What is in the audit log. The database has to be told the same by the owner of its tables. */
  readonly auditMs: number;
}

/**
 * A store that is looked through in pieces, in the order of its keys, so that nothing waits for it and no index is needed for
 * it. `next` is where to go on; undefined at the end.
 */
export interface Upkeep {
  /** Those relationships of the next piece that ended longer ago. `removeExpired` of a write removes them. */
  findExpired(endedForMs: number, after: RelationshipCursor | undefined): Promise<ExpiredPiece>;
  /** Removes outcomes that are older, of the next piece. */
  removeOutcomes(olderThanMs: number, after: OutcomePlace | undefined): Promise<OutcomePiece>;
  /** Removes the oldest changes that are older, a piece of them, and returns how many; 0 when there are none. */
  removeChanges(olderThanMs: number): Promise<number>;
  /**
   * The oldest audit events, if there are any that are older by far, up to the last one that is older. Undefined as well where the
   * database lets none be removed.
   */
  findOldEvents(olderThanMs: number): Promise<OldEvents | undefined>;
  /**
   * Removes the oldest audit events that the newest event `removeAuditEvents` names, a piece of them, and returns how many; 0 when
   * there are none. None is removed that the database has to keep, whoever asks for it.
   */
  removeEvents(): Promise<number>;
}

/** Events that follow each other, with the link of the chain and the time of the last one. */
export interface OldEvents {
  readonly from: number;
  readonly to: number;
  readonly hash: string;
  readonly at: string;
}

export interface ExpiredPiece {
  readonly expired: readonly Relationship[];
  readonly next: RelationshipCursor | undefined;
}

export interface OutcomePlace {
  readonly actor: string;
  readonly key: string;
}

export interface OutcomePiece {
  readonly removed: number;
  readonly next: OutcomePlace | undefined;
}

import type { AuditEvent, AuditOutcome } from './audit-event.ts';

/** Which audit events to read; every field that is given must match. */
export interface AuditFilter {
  /** Events that name this object; together with a subject, in one relationship with it. */
  readonly object?: string | undefined;
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  /** One of these. */
  readonly actions?: readonly string[] | undefined;
  readonly involving?: InvolvedSubject | undefined;
  readonly outcome?: AuditOutcome | undefined;
  /** From this instant on, and before that one. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only events after this one. */
  readonly after?: number | undefined;
  /** Nothing that one of these did, as the actor or for another. */
  readonly without?: readonly string[] | undefined;
}

/** Somebody who did what events record, or did it for another, or whom their relationships name. */
export interface InvolvedSubject {
  /** `user:ann` */
  readonly subject: string;
  /** How a token may name them that acts for another. */
  readonly delegates: readonly string[];
}

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  readonly hasMore: boolean;
  /** The last event that was looked at, which need not be one of the page: the place to go on after. */
  readonly last: number | undefined;
  /** Whether the page ends before it is full, because nothing was found for too long. */
  readonly isCutShort: boolean;
}

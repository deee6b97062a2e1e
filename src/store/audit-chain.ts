import type { AuditEvent, AuditHead, AuditMention } from './audit-event.ts';
import type { AuditRemoval } from './audit-removal.ts';

/** What the store says about its audit log. */
export interface AuditLogHead extends AuditHead {
  /** Events up to this one were written before the log was a chain. */
  readonly start: number;
  /** The last of the oldest events that are not kept any more; event 0 where all are. */
  readonly removed: EventMark;
  /** What the log itself says of that: the newest event about it. */
  readonly removal: AuditRemoval | undefined;
}

/** An event, by its number and by its link of the chain. */
export interface EventMark {
  readonly event: number;
  readonly hash: string;
}

/** An event as the log holds it: with its link of the chain, and with the names that it is found by. */
export interface AuditLink {
  readonly event: AuditEvent;
  readonly hash: string;
  readonly mentions: readonly AuditMention[];
}

/** What is in the log's tables and outside of the log. */
export interface AuditStrays {
  readonly event: number | undefined;
  readonly mention: (AuditMention & { readonly event: number }) | undefined;
}

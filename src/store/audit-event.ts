import { createHash } from 'node:crypto';
import { canonicalJson, isRecord, ofOwnKind } from '../base/canonical-json.ts';
import type { WrittenNumber } from '../base/exact-number.ts';

/** What an operation records about itself. */
export interface AuditRecord {
  /** Whose right it was, as `user:ann`; `console …` for somebody at the server's own console. */
  readonly actor: string;
  /** Who acted for the actor, by the token's claim `act` (RFC 8693). */
  readonly delegate: string | undefined;
  /** The operation: `grantRole`. */
  readonly action: string;
  /** `denied` for an attempt without the right: then `after` is what was wanted, and nothing of it happened. */
  readonly outcome: AuditOutcome;
  /** What the operation took away, and what it put there: relationships, or models. */
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
}

export type AuditOutcome = 'done' | 'denied';

/**
 * A record as it will be read back, so that what is hashed is what is stored: JSON has no `undefined` and no infinite numbers,
 * and the database no half of a character.
 */
export function asStored(record: AuditRecord): AuditRecord {
  return {
    ...record,
    delegate: record.delegate?.toWellFormed(),
    reason: record.reason?.toWellFormed(),
    requestId: record.requestId?.toWellFormed(),
    before: JSON.parse(JSON.stringify(record.before)) as readonly unknown[],
    after: JSON.parse(JSON.stringify(record.after)) as readonly unknown[],
  };
}

/** One entry of the audit log. */
export interface AuditEvent extends AuditRecord {
  /** Counts up from 1, without gaps. */
  readonly id: number;
  /** The first revision that contains what was done. */
  readonly revision: number;
  /** The database's clock, in RFC 3339 with microseconds. */
  readonly at: string;
  /** The model that was active after it. */
  readonly model: number | null;
}

/** Where the log ends: whoever knows it notices every change of the log before it. */
export interface AuditHead {
  readonly length: number;
  readonly hash: string;
}

/**
 * The link of the chain: a hash over the event and over the link before it, so that no event can be changed, taken out,
 * put in or moved without changing every link after it. Equal values give equal hashes, whatever the order of their keys.
 */
export function hashOfEvent(previous: string, event: AuditEvent): string {
  const { id, revision, at, actor, delegate, action, outcome, model, before, after, reason, requestId } = event;
  const what = [id, revision, at, actor, delegate ?? null, action, outcome, model];
  const details = [before, after, reason ?? null, requestId ?? null];
  return createHash('sha256')
    .update(canonicalJson([previous, ...what, ...details], asRecorded))
    .digest('base64url');
}

/** The database prints a long double with all of its digits, which are a number of their own where they are read again. */
function asRecorded(number: WrittenNumber): unknown {
  return number.printedDouble ?? ofOwnKind(number);
}

/** A name that an event is found by. */
export interface AuditMention {
  readonly kind: 'object' | 'subject';
  readonly name: string;
}

/** Every object and subject that the relationships of an event name, each once. */
export function mentionsOf({ before, after }: Pick<AuditEvent, 'before' | 'after'>): readonly AuditMention[] {
  const objects = new Set<string>();
  const subjects = new Set<string>();
  for (const record of [...before, ...after]) {
    if (!isRecord(record)) continue;
    if (typeof record.object === 'string') objects.add(record.object);
    if (typeof record.subject === 'string') subjects.add(record.subject);
  }
  return [
    ...[...objects].map((name): AuditMention => ({ kind: 'object', name })),
    ...[...subjects].map((name): AuditMention => ({ kind: 'subject', name })),
  ];
}

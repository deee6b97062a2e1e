import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { AuditLink, AuditLogHead } from '../../store/audit-chain.ts';
import { type AuditHead, type AuditMention, hashOfEvent, mentionsOf } from '../../store/audit-event.ts';
import type { AuditLog } from '../../store/audit-log.ts';
import type { AuditFault } from './audit-fault.ts';
import { firstKept, judgeRemoval, judgeRemovedLink } from './judge-removal.ts';
import { ModelLedger } from './model-ledger.ts';

/**
 * A log that is what was recorded. Nothing proves events from before the log was a chain, and those that were removed; an anchor from
 * among these cannot be held against anything.
 */
export type VerifiedLog = AuditLogHead;

export interface VerifyOptions {
  /** The head of the log at an earlier time, kept where nobody who can write the database can change it. */
  readonly anchor: AuditHead | undefined;
  /** Told how many events were verified, now and then. */
  readonly onProgress?: (verified: number, length: number) => void;
}

const pageSize = 200;

/**
 * Verifies the whole log, page by page: every event follows from its own hash and from the event before it, none is missing,
 * none is dated before the one before it, each is found by exactly the names in it, and the store knows the last. The models
 * are those that it published, and the one decides that it activated. Where the oldest events were removed, an event says so, and the
 * first that is kept follows from what it says.
 *
 * Whoever can write every table can write another log that is sound in itself: that is found by an anchor only.
 */
export async function verifyAuditLog(log: AuditLog, options: VerifyOptions): Promise<Result<VerifiedLog, AuditFault>> {
  const head = await log.head();
  const verified = await verifyFrom(log, head, options);
  // What was removed meanwhile was missing without being wrong.
  const isOvertaken = !verified.ok && (await log.head()).removed.event !== head.removed.event;
  return isOvertaken ? verifyAuditLog(log, options) : verified;
}

async function verifyFrom(
  log: AuditLog,
  head: AuditLogHead,
  { anchor, onProgress }: VerifyOptions,
): Promise<Result<VerifiedLog, AuditFault>> {
  const unsaid = judgeRemoval(head);
  if (unsaid !== undefined) return failed(unsaid);
  const models = await openLedger(log, head);
  const modelsKnownTo = knownTo(head);
  let last: VerifiedEvent = { ...firstKept(head), at: '' };
  for (;;) {
    const links = await log.links(last.id, head.length, pageSize);
    for (const link of links) {
      const fault = faultOf(link, last) ?? anchorFault(link, anchor) ?? judgeRemovedLink(link, head);
      if (fault !== undefined) return failed(fault);
      if (link.event.id > modelsKnownTo) models.see(link.event);
      last = { id: link.event.id, hash: link.hash, at: link.event.at };
    }
    if (links.length < pageSize) break;
    onProgress?.(last.id, head.length);
  }
  const fault = endFault(last, head, anchor) ?? (await strayFault(log)) ?? (await modelFault(log, models, head));
  return fault === undefined ? ok(head) : failed(fault);
}

/** The last event that was found whole. */
interface VerifiedEvent {
  readonly id: number;
  readonly hash: string;
  readonly at: string;
}

function faultOf({ event, hash, mentions }: AuditLink, last: VerifiedEvent): AuditFault | undefined {
  const { id } = event;
  if (id !== last.id + 1) return missing(last.id + 1, `the next one is ${id}`);
  if (hashOfEvent(last.hash, event) !== hash) {
    const message = `Event ${id} was changed: its hash does not follow from what it says and from the event before it.`;
    return { event: id, message };
  }
  if (event.at < last.at) return { event: id, message: `Event ${id} is dated before event ${last.id}.` };
  return mentionFault(id, mentionsOf(event), mentions);
}

function missing(event: number, why: string): AuditFault {
  return { event, message: `Event ${event} is missing: ${why}.` };
}

/** An event that is not found by a name in it is hidden from whoever looks for that name. */
function mentionFault(
  event: number,
  expected: readonly AuditMention[],
  found: readonly AuditMention[],
): AuditFault | undefined {
  const lost = firstBesides(expected, found);
  if (lost !== undefined) {
    return { event, message: `Event ${event} names the ${lost.kind} ${quote(lost.name)} and is not found by it.` };
  }
  const added = firstBesides(found, expected);
  if (added === undefined) return undefined;
  return { event, message: `Event ${event} is found by the ${added.kind} ${quote(added.name)} and does not name it.` };
}

/** The first mention that is not among the others; an event may have thousands of each. */
function firstBesides(mentions: readonly AuditMention[], others: readonly AuditMention[]): AuditMention | undefined {
  const names = Map.groupBy(others, ({ kind }) => kind);
  const known = new Map([...names].map(([kind, ofKind]) => [kind, new Set(ofKind.map(({ name }) => name))]));
  return mentions.find(({ kind, name }) => known.get(kind)?.has(name) !== true);
}

function anchorFault({ event, hash }: AuditLink, anchor: AuditHead | undefined): AuditFault | undefined {
  if (anchor === undefined || anchor.length !== event.id || anchor.hash === hash) return undefined;
  const message = `Event ${event.id} is not the one that the anchor was taken at: the log was written anew before it.`;
  return { event: event.id, message };
}

function endFault(last: VerifiedEvent, head: AuditLogHead, anchor: AuditHead | undefined): AuditFault | undefined {
  if (last.id < head.length) return missing(last.id + 1, `the log ends before it, and the store counts ${head.length}`);
  if (last.hash !== head.hash) {
    return { event: last.id, message: `Event ${last.id} is not the one that the store knows as the last.` };
  }
  if (anchor === undefined) return undefined;
  if (anchor.length > head.length) {
    return missing(head.length + 1, `the anchor was taken at event ${anchor.length}, and the log was cut off`);
  }
  const first = firstKept(head);
  // Behind the start it was held against its event; what was removed can be held against nothing.
  if (anchor.length > first.id || (anchor.length === first.id && anchor.hash === first.hash)) return undefined;
  if (anchor.length < head.removed.event) return undefined;
  const message = `The anchor is for event ${anchor.length}, which is not in the chain: it begins after event ${head.start}.`;
  return { event: anchor.length, message };
}

async function strayFault(log: AuditLog): Promise<AuditFault | undefined> {
  const { event, mention } = await log.strays();
  if (event !== undefined)
    return { event, message: `Event ${event} was put into the log: the store does not count it.` };
  if (mention === undefined) return undefined;
  const message = `Event ${mention.event} is found by the ${mention.kind} ${quote(mention.name)} and does not exist.`;
  return { event: mention.event, message };
}

/** Up to which event the log says by itself what became of models: those that were removed, or are about to be. */
function knownTo({ removed, removal }: AuditLogHead): number {
  return removed.event > 0 && removal !== undefined ? removal.to : 0;
}

/** What the events say of models that were removed, or written before the chain. */
async function openLedger(log: AuditLog, head: AuditLogHead): Promise<ModelLedger> {
  const { start, removal } = head;
  const to = knownTo(head);
  const models = to > 0 && removal !== undefined ? ModelLedger.after(removal) : new ModelLedger();
  if (start <= to) return models;
  const { steps } = await log.models(start, Number.MAX_SAFE_INTEGER);
  for (const step of steps) if (step.id > to) models.see(step);
  return models;
}

/** Holds the models that there are now against the log, together with what it recorded meanwhile. */
async function modelFault(log: AuditLog, models: ModelLedger, head: AuditLogHead): Promise<AuditFault | undefined> {
  const history = await log.models(0, head.length);
  for (const step of history.steps) models.see(step);
  models.compare(head.length, history);
  return models.faults[0];
}

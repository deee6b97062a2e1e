import type { AuditLink, AuditLogHead } from '../../store/audit-chain.ts';
import type { AuditFault } from './audit-fault.ts';

/** What the first event that is kept, or is of the chain, follows from. */
export function firstKept({ start, removed }: AuditLogHead): { readonly id: number; readonly hash: string } {
  return removed.event > start ? { id: removed.event, hash: removed.hash } : { id: start, hash: '' };
}

/** What is wrong with the beginning of a log whose oldest events are not there: an event has to say that they were removed. */
export function judgeRemoval({ removed, removal }: AuditLogHead): AuditFault | undefined {
  const { event, hash } = removed;
  if (event === 0) return undefined;
  if (removal === undefined || removal.to < event) {
    return { event, message: `Events up to ${event} were removed, and no event says so.` };
  }
  if (removal.to > event || removal.hash === hash) return undefined;
  const message = `Event ${event} was the last that was removed, and event ${removal.event} says that it was another one.`;
  return { event, message };
}

/** Of what is still to be removed: it is what was said of it. */
export function judgeRemovedLink({ event, hash }: AuditLink, { removal }: AuditLogHead): AuditFault | undefined {
  if (removal === undefined || event.id !== removal.to || hash === removal.hash) return undefined;
  const message = `Event ${event.id} is to be removed, and event ${removal.event} says that it was another one.`;
  return { event: event.id, message };
}

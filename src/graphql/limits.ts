import { badInput } from './errors.ts';

/** Most questions that one field takes. */
export const maxChecksPerField = 1000;
export const maxObjectsPerField = 100;
export const maxContextualRelationships = 100;
const maxPageSize = 100;
const defaultPageSize = 20;
const maxReasonCharacters = 1000;

/** Refuses a list that is longer than its field takes, before anything is done for it. */
export function assertCount(list: readonly unknown[], most: number, what: string): void {
  if (list.length > most) throw badInput(`At most ${most} ${what} fit into one field; there are ${list.length}.`);
}

export function pageSize(first: number | null | undefined): number {
  const size = first ?? defaultPageSize;
  if (size < 1 || size > maxPageSize) throw badInput(`"first" is ${size}; it must be from 1 to ${maxPageSize}.`);
  return size;
}

/** A reason for the audit log: bounded, and text that can be stored. */
export function checkedReason(reason: string | null | undefined): string | undefined {
  if (reason === null || reason === undefined) return undefined;
  if (reason.length > maxReasonCharacters) throw badInput(`"reason" is longer than ${maxReasonCharacters} characters.`);
  if (!reason.isWellFormed() || reason.includes('\u0000')) throw badInput('"reason" is not well-formed text.');
  return reason;
}

import { textProblem } from '../base/text-problem.ts';
import { limits } from '../model/limits.ts';
import { maxTypeNameBytes } from '../model/names.ts';
import { badInput } from './errors.ts';

const maxPageSize = limits.pageSize.most;
const defaultPageSize = 20;
const maxReasonCharacters = limits.reasonCharacters.most;

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

/** A name to search for: whatever no name can be is refused, before it reaches a statement. */
export function checkedName(name: string | null | undefined, field: string): string | undefined {
  if (name === null || name === undefined) return undefined;
  const wrong = textProblem(name, maxTypeNameBytes);
  if (wrong !== undefined) throw badInput(`"${field}" ${wrong}.`);
  return name;
}

/** A text of the audit log to search for: what none can be is refused, before it reaches a statement. */
export function checkedText(text: string | null | undefined, field: string): string | undefined {
  if (text === null || text === undefined) return undefined;
  if (text.length > maxSearchedCharacters)
    throw badInput(`"${field}" is longer than ${maxSearchedCharacters} characters.`);
  if (!text.isWellFormed() || text.includes('\u0000')) throw badInput(`"${field}" is not well-formed text.`);
  return text;
}

const maxSearchedCharacters = 600;

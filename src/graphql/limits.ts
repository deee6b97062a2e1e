import { textProblem } from '../base/text-problem.ts';
import { maxTypeNameBytes } from '../model/names.ts';
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

/** What all fields of one request may ask together, however many aliases they have. */
export interface RequestBudget {
  readonly checks: (count: number) => void;
  /** A field that opens a snapshot of its own: each holds a connection of the database. */
  readonly question: () => void;
  readonly representations: (count: number) => void;
  /** A mutation: all writes wait for each other, and one that is refused leaves its entry in the audit log for good. */
  readonly mutation: () => void;
}

const maxChecksPerRequest = 10_000;
const maxRepresentationsPerRequest = 5000;
const maxQuestionsPerRequest = 25;
const maxMutationsPerRequest = 25;

export function createRequestBudget(): RequestBudget {
  const questions = countUpTo(maxQuestionsPerRequest, 'questions with a snapshot of their own');
  const mutations = countUpTo(maxMutationsPerRequest, 'mutations');
  return {
    mutation: () => mutations(1),
    question: () => questions(1),
    checks: countUpTo(maxChecksPerRequest, 'checks'),
    representations: countUpTo(maxRepresentationsPerRequest, 'representations'),
  };
}

function countUpTo(most: number, what: string): (count: number) => void {
  let total = 0;
  return (count) => {
    total += count;
    if (total > most) throw badInput(`A request may ask at most ${most} ${what}.`);
  };
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

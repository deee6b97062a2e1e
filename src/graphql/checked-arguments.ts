import { textProblem } from '../base/text-problem.ts';
import { limits, usualPageSize } from '../model/limits.ts';
import { maxObjectIdBytes, maxTypeNameBytes } from '../model/names.ts';
import { badInput } from './errors.ts';

/** Refuses a list that is longer than its field takes, before anything is done for it. */
export function assertCount(list: readonly unknown[], most: number, what: string): void {
  if (list.length > most) throw badInput(`At most ${most} ${what} fit into one field; there are ${list.length}.`);
}

export function pageSize(first: number | null | undefined): number {
  const { most } = limits.pageSize;
  const size = first ?? usualPageSize;
  if (size < 1 || size > most) throw badInput(`"first" is ${size}; it must be from 1 to ${most}.`);
  return size;
}

/** A reason for the audit log. */
export function checkedReason(reason: string | null | undefined): string | undefined {
  return checkedText(reason, 'reason', limits.reasonCharacters.most);
}

/** A text of the audit log to search for: what none can be is refused, before it reaches a statement. */
export function searchedText(text: string | null | undefined, field: string): string | undefined {
  return checkedText(text, field, limits.searchedCharacters.most);
}

/** A name to search for: whatever no name can be is refused, before it reaches a statement. */
export function checkedName(name: string | null | undefined, field: string): string | undefined {
  if (name === null || name === undefined) return undefined;
  const wrong = textProblem(name, maxTypeNameBytes);
  if (wrong !== undefined) throw badInput(`"${field}" ${wrong}.`);
  return name;
}

/** How an id begins; nothing for anything. */
export function checkedBeginning(beginning: string | null | undefined, field: string): string | undefined {
  if (beginning === null || beginning === undefined || beginning === '') return undefined;
  const wrong =
    textProblem(beginning, maxObjectIdBytes) ?? (/[#:]/.test(beginning) ? 'contains "#" or ":"' : undefined);
  if (wrong !== undefined) throw badInput(`"${field}" ${wrong}: no id begins so.`);
  return beginning;
}

/** Bounded, and text that can be stored. */
export function checkedText(text: string | null | undefined, field: string, most: number): string | undefined {
  if (text === null || text === undefined) return undefined;
  if (text.length > most) throw badInput(`"${field}" is longer than ${most} characters.`);
  if (!text.isWellFormed() || text.includes('\u0000')) throw badInput(`"${field}" is not well-formed text.`);
  return text;
}

import { limits } from '../../model/limits.ts';

/** Deepest nesting of a document. */
export const maxNesting = limits.documentNesting.most;

/**
 * Whether brackets are nested deeper than `limit`, found in one pass over the text, before it is parsed: the parser and
 * the validator recurse, and a document that is deep enough would exhaust the stack. What stands in strings and comments
 * is skipped as the parser skips it; otherwise a closing bracket there would hide an open one.
 */
export function isNestedDeeperThan(query: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < query.length; index++) {
    const character = query.charAt(index);
    if (character === '#') index = endOfComment(query, index);
    else if (character === '"') index = endOfString(query, index);
    else if (opening.has(character)) {
      depth += 1;
      if (depth > limit) return true;
    } else if (closing.has(character)) depth -= 1;
  }
  return false;
}

const opening: ReadonlySet<string> = new Set(['{', '[', '(']);
const closing: ReadonlySet<string> = new Set(['}', ']', ')']);

function endOfComment(query: string, start: number): number {
  let index = start;
  while (index < query.length && !isLineEnd(query.charAt(index))) index++;
  return index;
}

/** The index of its last quote; of the end of the line, or of the text, where the parser will refuse it. */
function endOfString(query: string, start: number): number {
  if (query.startsWith('"""', start)) return endOfBlockString(query, start + 3);
  let index = start + 1;
  while (index < query.length && query.charAt(index) !== '"' && !isLineEnd(query.charAt(index))) {
    index += query.charAt(index) === '\\' ? 2 : 1;
  }
  return index;
}

function endOfBlockString(query: string, start: number): number {
  let end = query.indexOf('"""', start);
  while (end > start && query.charAt(end - 1) === '\\') end = query.indexOf('"""', end + 3);
  return end < 0 ? query.length : end + 2;
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}

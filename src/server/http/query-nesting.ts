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
    switch (query.charCodeAt(index)) {
      case hash:
        index = endOfComment(query, index);
        break;
      case quotationMark:
        index = endOfString(query, index);
        break;
      case openBrace:
      case openBracket:
      case openParenthesis:
        depth += 1;
        if (depth > limit) return true;
        break;
      case closeBrace:
      case closeBracket:
      case closeParenthesis:
        depth -= 1;
    }
  }
  return false;
}

const [hash, quotationMark] = [0x23, 0x22];
const [openBrace, openBracket, openParenthesis] = [0x7b, 0x5b, 0x28];
const [closeBrace, closeBracket, closeParenthesis] = [0x7d, 0x5d, 0x29];

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

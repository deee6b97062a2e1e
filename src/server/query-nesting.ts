/**
 * Whether brackets are nested deeper than `limit`, found in one pass over the text, before it is parsed: the parser and
 * the validator recurse, and a document that is deep enough would exhaust the stack. Brackets in strings count as well,
 * which only makes the limit stricter.
 */
export function isNestedDeeperThan(query: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < query.length; index++) {
    const character = query.charCodeAt(index);
    if (character === openBrace || character === openBracket || character === openParenthesis) {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === closeBrace || character === closeBracket || character === closeParenthesis) {
      depth -= 1;
    }
  }
  return false;
}

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openParenthesis = 0x28;
const closeParenthesis = 0x29;

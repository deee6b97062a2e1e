import { withoutJoiners } from '#guard/joiners';

/**
 * Why `text` cannot be an identifier, as the end of a sentence, or undefined when it can.
 *
 * Two different inputs must never become one stored id: UTF-8 encoding folds every lone surrogate into
 * U+FFFD, and NFC and NFD spellings of one name would be two ids. So only well-formed NFC text passes,
 * without characters that nobody sees (control, format, space), but for those that a script needs (`withoutJoiners`).
 */
export function textProblem(text: string, maxBytes: number): string | undefined {
  if (text.length <= maxBytes && plain.test(text)) return undefined;
  if (text === '') return 'is empty';
  // Nothing of what is much longer is looked at: many questions may share it.
  if (text.length > maxBytes) return tooLong(maxBytes);
  if (!text.isWellFormed()) return 'is not well-formed Unicode';
  if (Buffer.byteLength(text) > maxBytes) return tooLong(maxBytes);
  if (invisible.test(withoutJoiners(text))) return 'contains a space, control or invisible character';
  if (text !== text.normalize('NFC')) return 'is not in Unicode normalization form NFC';
  return undefined;
}

function tooLong(maxBytes: number): string {
  return `is longer than ${maxBytes} bytes`;
}

/** Letters, digits and signs of ASCII, as most names are: nothing below has anything to say of them. */
const plain = /^[!-~]+$/;

const invisible = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\s]/u;

/** `text` as a message may quote it: bounded, and harmless in a log. */
export function quote(text: string): string {
  // One argument and no more: lists of names are mapped with it.
  return quoteUpTo(text, 80);
}

/** The same for text that may be longer, or must be shorter. */
export function quoteUpTo(text: string, mostCharacters: number): string {
  const shown = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  return JSON.stringify(shown.toWellFormed()).replaceAll(unprintable, escapeCharacter);
}

/** What JSON leaves as it is, though it moves a cursor, turns the direction of a line or is not seen at all. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)?.toString(16) ?? '';
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

import { withoutJoiners } from './joiners.ts';

/** The most bytes that an id of an object can have in Postern. */
const maxBytes = 256;

/** What no id contains: what refs are written with, and what nobody sees (spaces, controls, lone surrogates). */
const impossible = /[:#\s\p{Cs}\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The id that a value stands for, or undefined when it cannot be the id of any object. Postern would refuse such an id, and
 * with it the whole batch; so it is found here, where it concerns nobody but the field that brought it.
 */
export function objectIdOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && isObjectId(text) ? text : undefined;
}

export function isObjectId(text: string): boolean {
  if (text === '' || text === '*' || text.length > maxBytes || impossible.test(withoutJoiners(text))) return false;
  // No character takes more than three bytes for each of its units.
  if (text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes) return false;
  return text === text.normalize('NFC');
}

/** As the scalar ID reads values. A number that is not exact could name another object than it was made from. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { type SealingKey, seal, unseal } from '../store/seal.ts';

/**
 * A place in a list as opaque text. It is encrypted, because a place need not be one that its reader may know of; and bound
 * to the question and who asked it: it can be neither read, nor made up, nor used by somebody else or for another list.
 */
export function makeCursor(key: SealingKey, question: unknown, place: string): string {
  return seal(key, question, place);
}

/** A cursor of another list, of another asker, or of none. */
export function wrongCursor(cursor: string): string {
  return `The cursor ${quote(cursor)} is none of this list. Next: send the "endCursor" of the page before, or leave "after" out.`;
}

/** Longer text is no cursor, and not looked at. */
const maxCursorLength = 2000;

/** The place that the cursor was made of for this very question; the problem is a sentence. */
export function readCursor(key: SealingKey, question: unknown, cursor: string): Result<string, string> {
  const place = cursor.length > maxCursorLength ? undefined : unseal(key, question, cursor);
  return place === undefined ? failed(wrongCursor(cursor)) : ok(place);
}

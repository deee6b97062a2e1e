import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';

/**
 * A place in a list as opaque text. It is signed together with the question and with who asked it: it can be neither
 * made up, nor used by somebody else or for another list.
 */
export function signCursor(key: string, question: unknown, place: string): string {
  const body = Buffer.from(place);
  return Buffer.concat([signature(key, question, body), body]).toString('base64url');
}

/** The place that was signed for this very question; the problem is a sentence. */
export function readCursor(key: string, question: unknown, cursor: string): Result<string, string> {
  const wrong = failed('The cursor "after" is not valid for this list.');
  if (!/^[A-Za-z0-9_-]{23,2000}$/.test(cursor)) return wrong;
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor || bytes.length < signatureBytes) return wrong;
  const body = bytes.subarray(signatureBytes);
  const isGenuine = timingSafeEqual(bytes.subarray(0, signatureBytes), signature(key, question, body));
  return isGenuine ? ok(body.toString()) : wrong;
}

const signatureBytes = 16;

function signature(key: string, question: unknown, body: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(canonicalJson([question, body.toString('base64')]))
    .digest()
    .subarray(0, signatureBytes);
}

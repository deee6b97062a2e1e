import { failed, ok, type Result } from '../../base/result.ts';

export const maxTokenBytes = 8 * 1024;

/** Reads an `Authorization` header; whatever is not exactly one signed token is a problem, never "nobody". */
export function readBearerToken(header: string): Result<string, string> {
  const scheme = /^bearer /i.exec(header);
  if (scheme === null) return failed('The authorization header is not of the form "Bearer <token>".');
  const token = header.slice(scheme[0].length);
  if (token.length > maxTokenBytes) return failed(`The token is longer than ${maxTokenBytes} bytes.`);
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return failed('The token is not a signed JSON Web Token.');
  return ok(token);
}

import { failed, ok, type Result } from '../../base/result.ts';
import { limits } from '../../model/limits.ts';

/** Reads an `Authorization` header; whatever is not exactly one signed token is a problem, never "nobody". */
export function readBearerToken(header: string): Result<string, string> {
  const scheme = /^bearer /i.exec(header);
  if (scheme === null) return failed('The authorization header is not of the form "Bearer <token>".');
  const token = header.slice(scheme[0].length);
  if (token.length > limits.tokenBytes.most) return failed(`The token is longer than ${limits.tokenBytes.most} bytes.`);
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return failed('The token is not a signed JSON Web Token.');
  return ok(token);
}

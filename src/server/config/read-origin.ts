import { failed, ok, type Result } from '../../base/result.ts';
import { quoteSetting, type VariableName } from './environment.ts';
import type { Mode } from './mode.ts';

/** Where this server is found from outside: an address without anything behind it, and by https where it counts. */
export function readOrigin(name: VariableName, text: string, mode: Mode): Result<string, readonly string[]> {
  const url = URL.parse(text);
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  if (!isWeb || url.pathname !== '/' || url.search + url.hash + url.username + url.password !== '') {
    return failed([`${name} ${quoteSetting(text)} is not an origin, as in "https://access.example".`]);
  }
  if (url.protocol === 'http:' && mode === 'production') {
    return failed([`${name} ${quoteSetting(text)} is not an https:// address, as production requires.`]);
  }
  return ok(url.origin);
}

import { failed, ok, type Result } from '../base/result.ts';
import { limits } from '../model/limits.ts';
import type { PageRequest } from '../operations/page-request.ts';
import { readOptional, type Sent } from './read-members.ts';

/** Which page of the results is wanted; the first one, and as long as pages may be, where nothing is said. */
export function readPage(sent: Sent): Result<Pick<PageRequest, 'first' | 'after'>, string> {
  const page = readOptional(sent, 'page');
  if (!page.ok) return page;
  const { token = '', limit = limits.pageSize.most } = page.value ?? {};
  if (typeof token !== 'string') return failed('"page.token" is not text.');
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1)
    return failed('"page.limit" is not a whole number from 1.');
  return ok({ first: Math.min(limit, limits.pageSize.most), after: token === '' ? undefined : token });
}

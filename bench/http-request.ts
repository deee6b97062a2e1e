import { assertNever } from '../src/base/assert-never.ts';
import { formatObjectRef } from '../src/model/object-ref.ts';
import { type Answer, granted } from './answer.ts';
import type { BenchRequest, ObjectsRequest } from './bench-request.ts';
import { checksQuery, decisionsIn } from './checks-query.ts';
import { grantQuery, isGranted } from './grant-query.ts';
import { listQuery, pageOfList } from './list-query.ts';
import { pageQuery, permissionsIn } from './page-query.ts';

/** The generated data lets this service ask about anybody. */
const service = 'service:playlist';

/** Whose token a request carries. */
export function callerOf(request: BenchRequest): string {
  switch (request.kind) {
    case 'page':
      return formatObjectRef(request.page.viewer);
    case 'objects':
      return request.asker === 'viewer' ? formatObjectRef(request.subject) : service;
    case 'subjects':
    case 'checks':
      return service;
    case 'grant':
      return formatObjectRef(request.admin);
    default:
      return assertNever(request);
  }
}

/** Makes the request's body; `send` asks the server for the pages that come before it in its list. */
export async function bodyOf(request: BenchRequest, send: (body: string) => Promise<string>): Promise<() => string> {
  if (request.kind === 'grant') return () => grantQuery(request);
  const body = await fixedBodyOf(request, send);
  return () => body;
}

async function fixedBodyOf(
  request: Exclude<BenchRequest, { readonly kind: 'grant' }>,
  send: (body: string) => Promise<string>,
): Promise<string> {
  switch (request.kind) {
    case 'page':
      return pageQuery(request.page);
    case 'objects':
      return listQuery(request, await cursorAfter(request, send));
    case 'subjects':
      return listQuery(request, undefined);
    case 'checks':
      return checksQuery(request.checks);
    default:
      return assertNever(request);
  }
}

/** The most that a list gives at once. */
const mostPerPage = 100;

async function cursorAfter(
  request: ObjectsRequest,
  send: (body: string) => Promise<string>,
): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let left = request.skip; left > 0; ) {
    const page = pageOfList(request, await send(listQuery(request, cursor, Math.min(left, mostPerPage))));
    cursor = page.endCursor ?? cursor;
    if (!page.hasMore) break;
    left -= page.entries.length;
  }
  return cursor;
}

/** The answer in the form in which levels are compared. */
export function answerIn(request: BenchRequest, text: string): Answer {
  switch (request.kind) {
    case 'page': {
      const allowed = permissionsIn(request.page, text);
      return { entries: allowed.map(wordOf), hasMore: false };
    }
    case 'objects':
    case 'subjects': {
      const { entries, hasMore } = pageOfList(request, text);
      return { entries, hasMore };
    }
    case 'checks':
      return { entries: decisionsIn(text).map(wordOf), hasMore: false };
    case 'grant':
      if (!isGranted(text)) throw new Error(`A grant was refused: ${text.slice(0, 500)}`);
      return granted;
    default:
      return assertNever(request);
  }
}

function wordOf(isAllowed: boolean): string {
  return isAllowed ? 'allowed' : 'denied';
}

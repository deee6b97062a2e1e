import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Names a request in the log, in the audit log and to its caller. */
export const requestIdHeader = 'x-request-id';

/**
 * The name that whoever sends the request gives it, if it can stand in any log as it is; one of ours otherwise. A name is
 * nothing to be trusted: two requests may have the same.
 */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[requestIdHeader];
  return typeof given === 'string' && readable.test(given) ? given : randomUUID();
}

const readable = /^[A-Za-z0-9._-]{1,128}$/;

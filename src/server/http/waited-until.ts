import type { IncomingHttpHeaders } from 'node:http';

/** How many milliseconds the sender of a request waits for its answer, from its arrival on. */
export const timeoutHeader = 'postern-timeout-ms';

/** When nobody waits any more, by the clock of `performance.now()`; never where the header says nothing that can be read. */
export function waitedUntil(headers: IncomingHttpHeaders): number {
  const said = headers[timeoutHeader];
  if (typeof said !== 'string' || !/^[1-9]\d{0,6}$/.test(said)) return Number.POSITIVE_INFINITY;
  return performance.now() + Number(said);
}

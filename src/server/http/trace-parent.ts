/** A span of a caller, as the header `traceparent` of W3C names it. */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** Undefined for everything that is not a well-formed `traceparent`. */
export function parseTraceParent(text: unknown): TraceParent | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text);
  const [, version = '', traceId = '', spanId = '', flags = '', more] = match ?? [];
  // Later versions may say more behind it; the first one may not.
  if (match === null || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

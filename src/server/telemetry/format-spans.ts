import type { Span } from './span.ts';

/** A request of OTLP in JSON: https://opentelemetry.io/docs/specs/otlp/ */
export function formatSpans(
  spans: readonly Span[],
  resource: Readonly<Record<string, string>>,
  version: string,
): string {
  const scopeSpans = [{ scope: { name: 'postern', version }, spans: spans.map(formatSpan) }];
  const attributes = attributesOf({ ...resource, 'service.version': version });
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans }] });
}

const kinds = { internal: 1, server: 2, client: 3 } as const;

function formatSpan({ traceId, spanId, parentId, name, kind, startMs, endMs, attributes, isFailed }: Span): object {
  return {
    traceId,
    spanId,
    ...(parentId !== undefined && { parentSpanId: parentId }),
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: attributesOf(attributes),
    status: { code: isFailed ? 2 : 0 },
  };
}

function attributesOf(attributes: Span['attributes']): readonly object[] {
  const given: object[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    given.push({ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } });
  }
  return given;
}

/** As a text, of whole microseconds: a double cannot hold it, and these it holds for two centuries more. */
function nanoseconds(onPerformanceMs: number): string {
  return `${Math.round((performance.timeOrigin + onPerformanceMs) * 1000)}000`;
}

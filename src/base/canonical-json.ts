import { WrittenNumber } from './exact-number.ts';

/** A JSON value as text that is equal for equal values, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, function (this: unknown, key, part: unknown) {
    if (!isRecord(part)) return ofOwnKind(Reflect.get(Object(this), key), part);
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** A number that is kept as text is none: conditions tell the two apart. */
function ofOwnKind(value: unknown, part: unknown): unknown {
  return value instanceof WrittenNumber ? { writtenNumber: value.text } : part;
}

/** Whether `value` is an object with keys, that is neither an array nor null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

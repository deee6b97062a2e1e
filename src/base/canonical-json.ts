import { WrittenNumber } from './exact-number.ts';

/** A JSON value as text that is equal for equal values, whatever the order of their keys. */
export function canonicalJson(value: unknown, ofWritten: (number: WrittenNumber) => unknown = ofOwnKind): string {
  return JSON.stringify(value, function (this: unknown, key, part: unknown) {
    if (!isRecord(part)) {
      const own: unknown = Reflect.get(Object(this), key);
      return own instanceof WrittenNumber ? ofWritten(own) : part;
    }
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** A number that is kept as text is none: conditions tell the two apart. */
export function ofOwnKind({ text }: WrittenNumber): unknown {
  return { writtenNumber: text };
}

/** Whether `value` is an object with keys, that is neither an array nor null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

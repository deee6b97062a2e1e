import { WrittenNumber } from './exact-number.ts';

/**
 * A value as text that is equal for equal values, whatever the order of their keys, and for no others: also where it holds
 * numbers that JSON has none for.
 */
export function canonicalJson(value: unknown, ofWritten: (number: WrittenNumber) => unknown = ofOwnKind): string {
  return JSON.stringify(value, function (this: unknown, key, part: unknown) {
    if (isRecord(part)) return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    if (typeof part === 'number' && !Number.isFinite(part)) return ofOwnKind({ text: String(part) });
    const own: unknown = Reflect.get(Object(this), key);
    return own instanceof WrittenNumber ? ofWritten(own) : part;
  });
}

/**
 * A number that is kept as text is none: conditions tell the two apart. And it is no record that says the same: in those the keys
 * are in their order.
 */
export function ofOwnKind({ text }: Pick<WrittenNumber, 'text'>): unknown {
  return { writtenNumber: text, isNumber: true };
}

/** Whether `value` is an object with keys, that is neither an array nor null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isRecord } from '../../../base/canonical-json.ts';
import { WrittenNumber } from '../../../base/exact-number.ts';

/** A value in which numbers that a double cannot hold are text, as conditions take them too. */
export function withoutWritten(value: unknown): unknown {
  if (value instanceof WrittenNumber) return value.text;
  if (Array.isArray(value)) return value.map(withoutWritten);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutWritten(part)]));
}

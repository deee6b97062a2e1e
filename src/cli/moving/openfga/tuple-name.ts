import { isRecord } from '../../../base/canonical-json.ts';

/** Equal for what OpenFGA keeps once: a user, a relation and an object. */
export function tupleName(value: unknown): string {
  const key = isRecord(value) && isRecord(value.key) ? value.key : value;
  return isRecord(key) ? JSON.stringify([key.object, key.relation, key.user]) : JSON.stringify(key);
}

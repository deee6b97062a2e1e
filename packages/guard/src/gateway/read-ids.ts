import { objectIdOf } from '../object-id.ts';

/** How many values may still be read. */
export interface Budget {
  left: number;
}

/**
 * The different ids that a path leads to, through lists; undefined where one place can name no object. What is beyond the budget
 * is not read.
 */
export function readIds(value: unknown, path: readonly string[], budget: Budget): readonly string[] | undefined {
  const ids = new Set<string>();
  return collect(value, path, ids, budget) ? [...ids] : undefined;
}

function collect(value: unknown, path: readonly string[], ids: Set<string>, budget: Budget): boolean {
  if (budget.left <= 0) return false;
  budget.left -= 1;
  if (Array.isArray(value)) return value.every((item: unknown) => collect(item, path, ids, budget));
  const [name, ...rest] = path;
  if (name !== undefined) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    return collect(Reflect.get(value, name), rest, ids, budget);
  }
  const id = objectIdOf(value);
  if (id !== undefined) ids.add(id);
  return id !== undefined;
}

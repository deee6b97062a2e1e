import { objectIdOf } from '../object-id.ts';

/** The different ids that a path leads to, through lists; undefined where one place can name no object. */
export function readIds(value: unknown, path: readonly string[]): readonly string[] | undefined {
  const ids = new Set<string>();
  return collect(value, path, ids) ? [...ids] : undefined;
}

function collect(value: unknown, path: readonly string[], ids: Set<string>): boolean {
  if (Array.isArray(value)) return value.every((item: unknown) => collect(item, path, ids));
  const [name, ...rest] = path;
  if (name !== undefined) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    return collect(Reflect.get(value, name), rest, ids);
  }
  const id = objectIdOf(value);
  if (id !== undefined) ids.add(id);
  return id !== undefined;
}

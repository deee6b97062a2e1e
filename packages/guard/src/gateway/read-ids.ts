/** The ids that a pointer into arguments leads to. */
export type Ids =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** There is nothing at its end, or something that can name no object. */
  | { readonly kind: 'none' };

const none: Ids = { kind: 'none' };

/** Follows `path` into `value`, through lists; one place that names no object spoils them all. */
export function readIds(value: unknown, path: readonly string[]): Ids {
  const ids = new Set<string>();
  return collect(value, path, ids) ? { kind: 'ids', ids: [...ids] } : none;
}

function collect(value: unknown, path: readonly string[], ids: Set<string>): boolean {
  if (Array.isArray(value)) return value.every((item: unknown) => collect(item, path, ids));
  const [name, ...rest] = path;
  if (name !== undefined) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    return collect(Reflect.get(value, name), rest, ids);
  }
  const id = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof id !== 'string' || !isObjectId(id)) return false;
  ids.add(id);
  return true;
}

/** Whether the text can be the id of an object, by the rules of the server. */
export function isObjectId(text: string): boolean {
  if (text === '' || text === '*' || text.length > maxIdBytes || !text.isWellFormed()) return false;
  if (new TextEncoder().encode(text).length > maxIdBytes) return false;
  return !forbidden.test(text) && text === text.normalize('NFC');
}

const maxIdBytes = 256;

/** What separates the parts of a reference, and what nobody sees. */
const forbidden = /[#:\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\s]/u;

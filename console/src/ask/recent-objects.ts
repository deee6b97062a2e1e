/** What somebody looked at last, kept in their browser and nowhere else. */
const key = 'postern-recent';
const most = 8;

export function recentObjects(caller: string): readonly string[] {
  try {
    const { of, objects } = readKept();
    if (of !== caller || !Array.isArray(objects)) return [];
    return objects.filter((one) => typeof one === 'string').slice(0, most);
  } catch {
    return [];
  }
}

export function rememberObject(caller: string, object: string): void {
  const objects = [object, ...recentObjects(caller).filter((one) => one !== object)].slice(0, most);
  localStorage.setItem(key, JSON.stringify({ of: caller, objects }));
}

/** Whatever is not of this caller; everything, without one. */
export function forgetObjects(caller: string | undefined): void {
  try {
    if (caller !== undefined && readKept().of === caller) return;
  } catch {
    // Nobody can read it.
  }
  localStorage.removeItem(key);
}

function readKept(): Partial<Record<string, unknown>> {
  const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}

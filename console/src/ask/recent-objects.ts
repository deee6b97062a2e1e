/** What somebody looked at last, kept in their browser and nowhere else. */
const key = 'postern-recent';
const most = 8;

export function recentObjects(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberObject(object: string): void {
  const kept = [object, ...recentObjects().filter((one) => one !== object)].slice(0, most);
  localStorage.setItem(key, JSON.stringify(kept));
}

/** Whoever signs out leaves nothing behind. */
export function forgetObjects(): void {
  localStorage.removeItem(key);
}

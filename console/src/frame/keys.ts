/** Single keys can be switched off: they are in the way of some who speak to their machine. */
const storageKey = 'postern-keys';

export function areKeysOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function switchKeys(isOn: boolean): void {
  localStorage.setItem(storageKey, isOn ? 'on' : 'off');
}

/** Where `g` and another letter lead. */
const places: ReadonlyMap<string, string> = new Map([
  ['h', '/'],
  ['a', '/ask/why'],
  ['p', '/people'],
  ['r', '/reviews'],
  ['f', '/findings'],
  ['d', '/proposals'],
  ['b', '/break-glass'],
  ['l', '/audit'],
  ['m', '/models'],
]);

/** What a key means on a page; none writes, and none is heard while somebody types or a dialog is open. */
export function meaningOf(key: string, before: string): KeyMeaning | undefined {
  const to = before === 'g' ? places.get(key) : undefined;
  if (to !== undefined) return { kind: 'go', to };
  switch (key) {
    case '?':
      return { kind: 'help' };
    case 'j':
      return { kind: 'row', step: 1 };
    case 'k':
      return { kind: 'row', step: -1 };
    case '/':
      return { kind: 'field' };
    case 'n':
      return { kind: 'press', key, isOfRow: false };
    case '.':
    case 'w':
      return { kind: 'press', key, isOfRow: true };
    default:
      return undefined;
  }
}

export type KeyMeaning =
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'help' | 'field' }
  | { readonly kind: 'row'; readonly step: 1 | -1 }
  /** Whatever says of itself, by `aria-keyshortcuts`, that it is for this key. */
  | { readonly kind: 'press'; readonly key: string; readonly isOfRow: boolean };

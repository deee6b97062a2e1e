/**
 * What is typed into forms. Where a session ends, it waits in the tab until the same person comes back to the same address: it is in no
 * address, and nowhere else before or afterwards.
 */
const key = 'postern-drafts';
const patienceMs = 60 * 60_000;

/** What is open at the moment, by the names of fields. */
const open = new Map<string, string>();
let writer = '';

interface Kept {
  readonly of: string;
  readonly place: string;
  readonly at: number;
  readonly fields: Readonly<Record<string, string>>;
}

export function noteDraft(caller: string, field: string, text: string): void {
  writer = caller;
  open.set(field, text);
}

export function closeDraft(field: string): void {
  open.delete(field);
}

/** The session has ended, and nobody has signed out: what was typed waits. */
export function keepDrafts(): void {
  if (open.size === 0) return;
  const kept: Kept = { of: writer, place: here(), at: Date.now(), fields: Object.fromEntries(open) };
  sessionStorage.setItem(key, JSON.stringify(kept));
}

/** What was typed into a field here before the session ended. */
export function keptDraft(caller: string, field: string): string | undefined {
  dropOthers(caller);
  const kept = readKept();
  return kept?.place === here() ? new Map(Object.entries(kept.fields)).get(field) : undefined;
}

/** What somebody else has typed in this tab, or long ago, is nobody's. */
export function dropOthers(caller: string): void {
  const kept = readKept();
  if (kept?.of !== caller || Date.now() - kept.at > patienceMs) dropKept();
}

/** What is back in its form waits no longer. */
export function dropKept(): void {
  sessionStorage.removeItem(key);
}

/** Whoever signs out leaves nothing behind. */
export function forgetDrafts(): void {
  open.clear();
  dropKept();
}

function here(): string {
  return location.pathname + location.search;
}

function readKept(): Kept | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { of, place, at, fields }: Partial<Record<string, unknown>> = { ...value };
  if (typeof of !== 'string' || typeof place !== 'string' || typeof at !== 'number') return false;
  return typeof fields === 'object' && fields !== null && Object.values(fields).every((one) => typeof one === 'string');
}

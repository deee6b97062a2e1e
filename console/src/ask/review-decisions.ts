import type { ReviewEntry } from './review-groups.ts';

/** What somebody decided about a grant, and what became of it. */
export interface ReviewDecision {
  readonly object: string;
  readonly role: string;
  readonly subject: string;
  readonly choice: 'keep' | 'revoke' | 'extend';
  /** The new end, where the choice is one. */
  readonly expiresAt: string | null;
  /** The condition and the beginning that it has, which stay. */
  readonly condition: { readonly name: string; readonly context: Record<string, unknown> | null } | null;
  readonly startsAt: string | null;
  /** Of the request that does it: the same one however often it is sent. */
  readonly key: string;
  /** Said with the request. */
  readonly reason: string;
  /** Whether it was confirmed: it is sent when those before it are. */
  readonly isWanted: boolean;
  /** `unknown` where no answer came. */
  readonly outcome: 'open' | 'done' | 'refused' | 'unknown';
  /** Why it was refused, by the server's word. */
  readonly message: string;
}

export type Decided = Pick<ReviewDecision, 'choice' | 'expiresAt'>;

/** A decision about what somebody was given; another one is another request. */
export function decide(
  {
    object,
    role,
    subject,
    startsAt,
    conditions,
  }: Pick<ReviewEntry, 'object' | 'role' | 'subject' | 'startsAt' | 'conditions'>,
  decided: Decided,
): ReviewDecision {
  const [first] = conditions;
  return {
    object,
    role,
    subject,
    ...decided,
    condition: first === undefined ? null : { name: first.name, context: first.context },
    startsAt,
    key: crypto.randomUUID(),
    reason: '',
    isWanted: false,
    outcome: 'open',
    message: '',
  };
}

export function grantKey({ object, role, subject }: Pick<ReviewDecision, 'object' | 'role' | 'subject'>): string {
  return JSON.stringify([object, role, subject]);
}

/** Whether an entry is a grant that can be changed as it stands: one relationship, for that very role. */
export function isGrant({ role, via }: ReviewEntry): boolean {
  return via.length === 1 && via[0]?.relation === role;
}

export function isPending({ choice, outcome }: ReviewDecision): boolean {
  return choice !== 'keep' && (outcome === 'open' || outcome === 'unknown');
}

/** Whether it is on its way, or waits for those before it. */
export function isSent({ outcome, isWanted }: ReviewDecision): boolean {
  return outcome === 'unknown' || (outcome === 'open' && isWanted);
}

const storageKey = 'postern-review';

/** What was decided about an object in this tab, which outlives a reload and goes with the tab. */
export function keptDecisions(caller: string, object: string): readonly ReviewDecision[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return [];
    const { of, about, decisions }: Partial<Record<string, unknown>> = { ...kept };
    if (of !== caller || about !== object || !Array.isArray(decisions)) return [];
    return decisions.filter(isDecision);
  } catch {
    return [];
  }
}

export function keepDecisions(caller: string, object: string, decisions: readonly ReviewDecision[]): void {
  if (decisions.length === 0) sessionStorage.removeItem(storageKey);
  else sessionStorage.setItem(storageKey, JSON.stringify({ of: caller, about: object, decisions }));
}

/** Whatever is not of this caller; everything, without one. */
export function forgetDecisions(caller: string | undefined): void {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    const { of }: Partial<Record<string, unknown>> = typeof kept === 'object' ? { ...kept } : {};
    if (caller !== undefined && of === caller) return;
  } catch {
    // Nobody can read it.
  }
  sessionStorage.removeItem(storageKey);
}

function isDecision(value: unknown): value is ReviewDecision {
  if (typeof value !== 'object' || value === null) return false;
  const one: Partial<Record<string, unknown>> = { ...value };
  const texts = [one.object, one.role, one.subject, one.key, one.reason, one.message];
  const isEnd = [one.expiresAt, one.startsAt].every((at) => at === null || typeof at === 'string');
  const isCondition = typeof one.condition === 'object';
  const isKnown = ['keep', 'revoke', 'extend'].includes(String(one.choice));
  const isOutcome = ['open', 'done', 'refused', 'unknown'].includes(String(one.outcome));
  const isWhole = texts.every((text) => typeof text === 'string') && typeof one.isWanted === 'boolean';
  return isWhole && isEnd && isCondition && isKnown && isOutcome;
}

import type { ObjectPeopleQuery } from './__generated__/operations.ts';

export type ReviewEntry = ObjectPeopleQuery['accessReview']['edges'][number]['node'];

/** How somebody has a role, as seen from the object. */
export type ReviewWay =
  | { readonly kind: 'direct' | 'everybody' }
  /** With another role, which includes this one; through a subject set; from another object. */
  | { readonly kind: 'role' | 'set' | 'object'; readonly of: string };

export interface ReviewGroup {
  readonly way: ReviewWay;
  readonly of: readonly ReviewEntry[];
}

const order: readonly ReviewWay['kind'][] = ['direct', 'role', 'set', 'object', 'everybody'];

/** Entries by their way, direct ones first. */
export function groupsOf(entries: readonly ReviewEntry[]): readonly ReviewGroup[] {
  const groups = Map.groupBy(entries, (entry) => JSON.stringify(wayOf(entry)));
  const found = [...groups].map(([way, of]): ReviewGroup => ({ way: JSON.parse(way), of }));
  return found.toSorted((a, b) => order.indexOf(a.way.kind) - order.indexOf(b.way.kind));
}

export function wayOf({ subject, role, via }: ReviewEntry): ReviewWay {
  const [first, ...rest] = via;
  if (subject.endsWith(':*')) return { kind: 'everybody' };
  if (first === undefined) return { kind: 'direct' };
  if (rest.length === 0) return first.relation === role ? { kind: 'direct' } : { kind: 'role', of: first.relation };
  return { kind: first.subject.includes('#') ? 'set' : 'object', of: first.subject };
}

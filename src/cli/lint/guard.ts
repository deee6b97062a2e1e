import { objectText, type WrittenGuard } from '#guard/rules';
import type { Subgraph } from './subgraph.ts';

export type Guard = WrittenGuard<Subgraph>;

/** Whether two guards ask for the same permission on the same object; what a denial does may differ. */
export function isSameGuard(one: Guard, other: Guard): boolean {
  // With FILTER the object is the item's, even where its text is the same.
  const [isFilter, isOtherFilter] = [one, other].map(({ requirement }) => requirement.onDeny === 'FILTER');
  if (isFilter !== isOtherFilter) return false;
  return one.requirement.permission === other.requirement.permission && objectText(one) === objectText(other);
}

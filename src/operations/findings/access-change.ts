import { quote } from '../../base/text-problem.ts';
import { limits } from '../../model/limits.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { invalid, type Refusal } from '../refusal.ts';

/** A change of relationships that nobody has made: what is to be there after it, and what is not. */
export interface AccessChange {
  readonly writes: readonly Relationship[];
  readonly deletes: readonly Relationship[];
}

/** Why it is not one change. */
export function changeProblem({ writes, deletes }: AccessChange): Refusal | undefined {
  const all = [...deletes, ...writes];
  const { most } = limits.simulatedChanges;
  if (all.length === 0) return invalid('INVALID_INPUT', 'There is nothing to write or delete.', ['input']);
  if (all.length > most) return invalid('INVALID_INPUT', `At most ${most} relationships go into one simulation.`, ['input']); // biome-ignore format: short
  const seen = new Set<string>();
  for (const text of all.map(formatRelationship)) {
    if (seen.has(text)) return invalid('DUPLICATE_RELATIONSHIP', `${quote(text)} is named twice.`, ['input']);
    seen.add(text);
  }
  return undefined;
}

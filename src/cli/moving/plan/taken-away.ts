import { countOf } from '../../../base/count-of.ts';
import { findSubtractingRelations } from '../../../model/subtracting-relations.ts';
import type { MovingPlan } from './moving-plan.ts';

/** Warns of relationships that are left out and took rights away: without them somebody may be let in. */
export function takenAway({ model, counts }: Pick<MovingPlan, 'model' | 'counts'>): readonly string[] {
  if (model === undefined) return [];
  const taking = new Set([...findSubtractingRelations(model)].map(({ type, name }) => `${type}#${name}`));
  return counts.flatMap(({ as, refused }) => {
    if (refused === 0 || !taking.has(as)) return [];
    return [
      `${countOf(refused, 'relationship')} of "${as}" is left out, which takes rights away: without it somebody may be let in.`,
    ];
  });
}

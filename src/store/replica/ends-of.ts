import { NotPlain } from '../../engine/check/plain-run.ts';
import type { ExcerptQuery } from '../../engine/excerpt.ts';
import type { NodeId } from '../../engine/ports.ts';
import { packSubject } from '../packed-subject.ts';
import type { LookBudget } from './look-budget.ts';
import type { ProvenState } from './proven-state.ts';

/** Each of them is looked for in every set that there may be. */
const mostEnds = 5000;

/** Whom the subjects of an excerpt may be written as. */
export interface ExcerptEnds {
  /** Themselves, everybody of their types, and the sets that these may be in, by their packed numbers. */
  readonly subjects: ReadonlySet<number>;
  /** The numbers of the conditions by which somebody may be in a set. */
  readonly conditions: ReadonlySet<number>;
}

/** What they may be in is found by what is written alone. Throws `NotPlain` where that is too much to be looked at in one go. */
export function endsOf(
  { view, model: { terms } }: ProvenState,
  { subjects, demand }: ExcerptQuery,
  nodes: readonly (NodeId | undefined)[],
  budget: LookBudget,
): ExcerptEnds {
  const wildcards = subjects.flatMap(({ type }) => terms.type.numberOf(type) ?? []);
  const ends = new Set([...nodes.filter((node) => node !== undefined), ...wildcards]);
  const conditions = new Set<number>();
  const sets = demand.sets.flatMap(({ written, held }) => {
    const numbers = [terms.relation.numberOf(written), terms.relation.numberOf(held)] as const;
    return numbers[0] === undefined || numbers[1] === undefined ? [] : [[numbers[0], numbers[1]] as const];
  });
  for (const end of ends) {
    for (const [written, relation] of sets) {
      // Mostly there is none.
      if (view.countTo(end, written) === 0) continue;
      for (const edge of budget.each(view.to(end, written))) {
        if (edge === undefined) continue;
        if (edge.proviso?.condition !== undefined) conditions.add(edge.proviso.condition);
        ends.add(packSubject({ kind: 'set', object: edge.object, relation }));
      }
      if (ends.size > mostEnds) throw new NotPlain();
    }
  }
  return { subjects: ends, conditions };
}

import type { ExcerptQuery } from '../../engine/excerpt.ts';
import type { NodeId } from '../../engine/ports.ts';
import { packSubject } from '../packed-subject.ts';
import type { ProvenState } from './proven-state.ts';

/** Subjects that are in more sets are not a question to be answered at once. */
const mostEnds = 5000;

/** Whom the subjects of an excerpt may be written as. */
export interface ExcerptEnds {
  /** Themselves, everybody of their types, and the sets that these may be in, by their packed numbers. */
  readonly subjects: ReadonlySet<number>;
  /** The numbers of the conditions by which somebody may be in a set. */
  readonly conditions: ReadonlySet<number>;
}

/** What they may be in is found by what is written alone. Undefined where that is too much. */
export function endsOf(
  { view, model: { terms } }: ProvenState,
  { subjects, demand }: ExcerptQuery,
  nodes: readonly (NodeId | undefined)[],
): ExcerptEnds | undefined {
  const wildcards = subjects.flatMap(({ type }) => terms.type.numberOf(type) ?? []);
  const ends = new Set([...nodes.filter((node) => node !== undefined), ...wildcards]);
  const conditions = new Set<number>();
  const sets = demand.sets.flatMap(({ written, held }) => {
    const numbers = [terms.relation.numberOf(written), terms.relation.numberOf(held)] as const;
    return numbers[0] === undefined || numbers[1] === undefined ? [] : [[numbers[0], numbers[1]] as const];
  });
  for (const end of ends) {
    for (const [written, relation] of sets) {
      for (const { object, proviso } of view.to(end, written, mostEnds + 1)) {
        if (proviso?.condition !== undefined) conditions.add(proviso.condition);
        ends.add(packSubject({ kind: 'set', object, relation }));
      }
      if (ends.size > mostEnds) return undefined;
    }
  }
  return { subjects: ends, conditions };
}

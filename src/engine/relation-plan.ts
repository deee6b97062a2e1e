import type { FromLeaf, Model, Relation } from '../model/model.ts';
import type { RelationName } from '../model/names.ts';
import type { ReachableSubjects } from '../model/reachable-subjects.ts';
import { partsOf } from '../model/rewrite.ts';
import { type SubjectRef, subjectType } from '../model/subject-ref.ts';

/**
 * What a relation's goals need for one kind of subject, on whatever object: found out once and not for each goal.
 *
 * Nothing is asked for that could not lead to the subject: a relation that takes no employee is never asked for one,
 * and a parent whose relation no employee can hold is not fetched for an employee.
 */
export interface RelationPlan {
  /** Whether the subject itself, or the wildcard of its type, can be written for the relation. */
  readonly asksDirectly: boolean;
  /** Whether the wildcard can. */
  readonly asksWildcard: boolean;
  /** Whether a subject set can be written for it that the subject can be in. */
  readonly asksSets: boolean;
  /** The relations whose edges lead to parents. */
  readonly parents: ReadonlySet<RelationName>;
  /** Of each `relation from through` that can lead to the subject: the relations that can, by the type of the parent. */
  readonly targets: ReadonlyMap<FromLeaf, ReadonlyMap<string, Relation>>;
  /** Relations of the same object that this one is computed from. */
  readonly siblings: readonly Relation[];
}

/** Kinds of subject whose plans are kept. */
const maxKinds = 256;

/** The plans of a model, made when they are needed; those of the kinds of subject that were asked about last. */
export class RelationPlans {
  readonly #model: Model;
  readonly #reachable: ReachableSubjects;
  readonly #ofKind = new Map<string, Map<Relation, RelationPlan>>();

  constructor(model: Model, reachable: ReachableSubjects) {
    this.#model = model;
    this.#reachable = reachable;
  }

  /** The plans for subjects like this one; the subject is valid for the model, so there are not many kinds. */
  for(subject: SubjectRef): (relation: Relation) => RelationPlan {
    const kind = `${subject.kind} ${subjectType(subject)} ${subject.kind === 'set' ? subject.relation : ''}`;
    const plans = this.#ofKind.get(kind) ?? new Map<Relation, RelationPlan>();
    this.#ofKind.set(kind, plans);
    for (const oldest of this.#ofKind.keys()) {
      if (this.#ofKind.size <= maxKinds) break;
      this.#ofKind.delete(oldest);
    }
    return (relation) => {
      let plan = plans.get(relation);
      if (plan === undefined) {
        plan = this.#makePlan(relation, subject);
        plans.set(relation, plan);
      }
      return plan;
    };
  }

  #makePlan(relation: Relation, subject: SubjectRef): RelationPlan {
    const leads = (from: Relation) => this.#reachable.canReach(from, subject);
    const arcs = this.#model.graph.into(relation).filter(({ from }) => leads(from));
    const leaves = partsOf(relation.rewrite).map(({ leaf }) => leaf);
    const isDirect = leaves.some(({ kind }) => kind === 'direct');
    const targets = new Map<FromLeaf, ReadonlyMap<string, Relation>>();
    for (const leaf of leaves) {
      if (leaf.kind !== 'from') continue;
      const leading = new Map([...leaf.parents].filter(([, parent]) => leads(parent)));
      if (leading.size > 0) targets.set(leaf, leading);
    }
    const asksWildcard = isDirect && takes(relation, subject, 'wildcard');
    return {
      asksDirectly: asksWildcard || (isDirect && subject.kind === 'object' && takes(relation, subject, 'object')),
      asksWildcard,
      asksSets: arcs.some(({ kind }) => kind === 'set'),
      parents: new Set(arcs.flatMap((arc) => (arc.kind === 'from' ? [arc.through.name] : []))),
      targets,
      siblings: [...new Set(arcs.flatMap(({ kind, from }) => (kind === 'computed' ? [from] : [])))],
    };
  }
}

/** Subject sets are found among the edges to sets; only objects and wildcards are looked for directly. */
function takes({ restrictions }: Relation, subject: SubjectRef, kind: 'object' | 'wildcard'): boolean {
  if (subject.kind === 'set') return false;
  const type = subjectType(subject);
  return restrictions.some((restriction) => restriction.kind === kind && restriction.type === type);
}

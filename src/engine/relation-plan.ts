import { assertNever } from '../base/assert-never.ts';
import type { Model, Relation, Restriction } from '../model/model.ts';
import type { RelationName } from '../model/names.ts';
import type { ReachableSubjects } from '../model/reachable-subjects.ts';
import type { FromRewrite, Rewrite } from '../model/rewrite.ts';
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
  /** Of each `relation from through` that can lead to the subject: the relation it goes through. */
  readonly through: ReadonlyMap<FromRewrite, Relation>;
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
    const through = new Map<FromRewrite, Relation>();
    const siblings = new Set<Relation>();
    let isDirect = false;
    const visit = (rewrite: Rewrite): void => {
      switch (rewrite.kind) {
        case 'direct':
          isDirect = true;
          return;
        case 'computed': {
          const sibling = this.#reachableRelation(relation.type, rewrite.relation, subject);
          if (sibling !== undefined) siblings.add(sibling);
          return;
        }
        case 'from': {
          const parents = this.#model.types.get(relation.type)?.relations.get(rewrite.through);
          const leads = ({ type }: Restriction) => this.#reachableRelation(type, rewrite.relation, subject);
          if (parents?.restrictions.some((parent) => leads(parent) !== undefined)) through.set(rewrite, parents);
          return;
        }
        case 'union':
        case 'intersection':
          rewrite.operands.forEach(visit);
          return;
        case 'exclusion':
          visit(rewrite.base);
          visit(rewrite.subtracted);
          return;
        default:
          assertNever(rewrite);
      }
    };
    visit(relation.rewrite);
    const parents = new Set([...through.values()].map(({ name }) => name));
    const asksWildcard = isDirect && takes(relation, subject, 'wildcard');
    return {
      asksDirectly: asksWildcard || (isDirect && subject.kind === 'object' && takes(relation, subject, 'object')),
      asksWildcard,
      asksSets: isDirect && this.#asksSets(relation, subject),
      parents,
      through,
      siblings: [...siblings],
    };
  }

  #asksSets({ restrictions }: Relation, subject: SubjectRef): boolean {
    return restrictions.some(
      (restriction) =>
        restriction.kind === 'set' &&
        this.#reachableRelation(restriction.type, restriction.relation, subject) !== undefined,
    );
  }

  #reachableRelation(type: string, name: string, subject: SubjectRef): Relation | undefined {
    const relation = this.#model.types.get(type)?.relations.get(name);
    return relation !== undefined && this.#reachable.canReach(relation, subject) ? relation : undefined;
  }
}

/** Subject sets are found among the edges to sets; only objects and wildcards are looked for directly. */
function takes({ restrictions }: Relation, subject: SubjectRef, kind: 'object' | 'wildcard'): boolean {
  if (subject.kind === 'set') return false;
  const type = subjectType(subject);
  return restrictions.some((restriction) => restriction.kind === kind && restriction.type === type);
}

import type { Relation } from '../../model/model.ts';
import type { RelationName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { type SubjectRef, subjectOf } from '../../model/subject-ref.ts';
import type { ExcerptDemand } from '../excerpt.ts';
import type { PreparedModel } from '../prepared-model.ts';
import type { RelationPlan } from '../relation-plan.ts';

/** The demand of checks of `roots` about these subjects; what was asked lately is remembered: pages ask the same again and again. */
export function demandOf(
  prepared: PreparedModel,
  subjects: readonly ObjectRef[],
  roots: ReadonlySet<Relation>,
): ExcerptDemand | undefined {
  const known = subjects.filter(({ type }) => prepared.model.types.has(type));
  const ofTypes = new Map(known.map((subject) => [subject.type as string, subject]));
  const recent = recentDemands.get(prepared) ?? [];
  recentDemands.set(prepared, recent);
  const remembered = recent.find((one) => isSame(one.types, ofTypes) && isSame(one.roots, roots));
  if (remembered !== undefined) return remembered.demand;
  const demand = findDemand(prepared, Array.from(ofTypes.values(), subjectOf), roots);
  recent.unshift({ types: new Set(ofTypes.keys()), roots, demand });
  recent.splice(mostRecent);
  return demand;
}

interface RecentDemand {
  readonly types: ReadonlySet<string>;
  readonly roots: ReadonlySet<Relation>;
  readonly demand: ExcerptDemand | undefined;
}

const recentDemands = new WeakMap<PreparedModel, RecentDemand[]>();
const mostRecent = 32;

function isSame<Item>(some: ReadonlySet<Item>, others: { readonly size: number; has(item: Item): boolean }): boolean {
  if (some.size !== others.size) return false;
  for (const one of some) if (!others.has(one)) return false;
  return true;
}

/**
 * The relations whose edges may matter to checks of `roots` about subjects of these kinds: whatever the definitions name, followed
 * from the roots as a check would follow it, on no object in particular.
 *
 * Undefined where somebody is in a subject set through a parent of its object: those sets are not found by what is written for
 * the subject alone.
 */
export function findDemand(
  prepared: PreparedModel,
  subjects: Iterable<SubjectRef>,
  roots: Iterable<Relation>,
): ExcerptDemand | undefined {
  const names = { direct: new Set<RelationName>(), parents: new Set<RelationName>() };
  const sets = new Set<Relation>();
  const written: ExcerptDemand['sets'][number][] = [];
  for (const subject of subjects) {
    const walk = new DemandWalk(prepared, subject);
    for (const relation of walk.follow(roots)) {
      const plan = walk.planOf(relation);
      if (plan.asksDirectly || plan.asksSets) names.direct.add(relation.name);
      for (const parent of plan.parents) names.parents.add(parent);
      for (const set of walk.setsOf(relation)) sets.add(set);
    }
    for (const set of sets) {
      for (const member of walk.besides(set)) {
        const plan = walk.planOf(member);
        if (plan.parents.size > 0) return undefined;
        if (plan.asksDirectly || plan.asksSets) written.push({ written: member.name, held: set.name });
        for (const other of walk.setsOf(member)) sets.add(other);
      }
    }
  }
  return { direct: [...names.direct], parents: [...names.parents], sets: eachOnce(written) };
}

/** How relations lead to each other for one kind of subject. */
class DemandWalk {
  readonly planOf: (relation: Relation) => RelationPlan;
  readonly #prepared: PreparedModel;
  readonly #subject: SubjectRef;

  constructor(prepared: PreparedModel, subject: SubjectRef) {
    this.planOf = prepared.plans.for(subject);
    this.#prepared = prepared;
    this.#subject = subject;
  }

  /** Everything that relations are computed from, on their object or on its parents; not what is behind subject sets. */
  follow(roots: Iterable<Relation>): ReadonlySet<Relation> {
    const found = new Set(roots);
    for (const relation of found) {
      const { siblings, targets } = this.planOf(relation);
      for (const sibling of siblings) found.add(sibling);
      for (const ofParents of targets.values()) for (const target of ofParents.values()) found.add(target);
    }
    return found;
  }

  /** What a relation is computed from on its object, itself included. */
  besides(relation: Relation): ReadonlySet<Relation> {
    const found = new Set([relation]);
    for (const one of found) for (const sibling of this.planOf(one).siblings) found.add(sibling);
    return found;
  }

  /** The subject sets that can be written for a relation, and that the subject can be in. */
  setsOf(relation: Relation): readonly Relation[] {
    const { model, reachable } = this.#prepared;
    return model.graph
      .into(relation)
      .flatMap(({ kind, from }) => (kind === 'set' && reachable.canReach(from, this.#subject) ? [from] : []));
  }
}

function eachOnce(pairs: ExcerptDemand['sets']): ExcerptDemand['sets'] {
  const known = new Map<RelationName, Set<RelationName>>();
  return pairs.filter(({ written, held }) => {
    const heldBy = known.get(written) ?? new Set();
    known.set(written, heldBy);
    return heldBy.size < heldBy.add(held).size;
  });
}

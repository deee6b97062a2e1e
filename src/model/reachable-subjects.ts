import { invariant } from '../base/invariant.ts';
import { type Model, owns, type Relation, type RelationGraph } from './model.ts';
import { partsOf } from './rewrite.ts';
import { type SubjectRef, subjectType } from './subject-ref.ts';

/** For every relation: the kinds of subject that could hold it, whatever relationships are written. */
export interface ReachableSubjects {
  /** False means that no relationship could make `subject` hold `relation`; true says nothing. */
  canReach(relation: Relation, subject: SubjectRef): boolean;
}

/**
 * Reads the model once; for each kind of subject that is asked about, follows the relations that one of them could hold
 * first to all that are computed from those. An exclusion can only take away, so only its base counts; a relation reaches
 * itself, because `doc:1#viewer` holds `viewer` on `doc:1`.
 */
export function findReachableSubjects(model: Model): ReachableSubjects {
  const holders = new HoldersByKind(model.graph, relationsByType(model.relations));
  return {
    canReach: (relation, subject) => {
      // A relation of another model would look like one that leads nowhere, which behind "but not" is a yes.
      invariant(owns(model, relation), 'a model is asked about its own relations');
      if (subject.kind !== 'set') return holders.ofType(subjectType(subject)).has(relation);
      const set = model.types.get(subject.object.type)?.relations.get(subject.relation);
      return set !== undefined && holders.ofSet(set).has(relation);
    },
  };
}

/** Kinds of subject that are kept: those that are asked about most are few, and what is dropped is found out again. */
const maxKinds = 256;

/** What subjects of a kind could hold, found out when it is asked for. */
class HoldersByKind {
  readonly #graph: RelationGraph;
  readonly #byType: ReadonlyMap<string, readonly Relation[]>;
  readonly #known = new Map<string | Relation, ReadonlySet<Relation>>();

  constructor(graph: RelationGraph, byType: ReadonlyMap<string, readonly Relation[]>) {
    this.#graph = graph;
    this.#byType = byType;
  }

  ofType(type: string): ReadonlySet<Relation> {
    return this.#known.get(type) ?? this.#find(type, this.#byType.get(type) ?? []);
  }

  ofSet(set: Relation): ReadonlySet<Relation> {
    return this.#known.get(set) ?? this.#find(set, [set]);
  }

  #find(kind: string | Relation, first: readonly Relation[]): ReadonlySet<Relation> {
    const found = new Set(first);
    for (const relation of found) {
      for (const { to, subtractions } of this.#graph.outOf(relation)) if (subtractions === 0) found.add(to);
    }
    this.#known.set(kind, found);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= maxKinds) break;
      this.#known.delete(oldest);
    }
    return found;
  }
}

/** The relations that an object of a type, or its wildcard, can be written for. */
function relationsByType(relations: readonly Relation[]): ReadonlyMap<string, readonly Relation[]> {
  const byType = new Map<string, Relation[]>();
  for (const relation of relations) {
    if (!givesWhatIsWritten(relation)) continue;
    for (const { kind, type } of relation.restrictions) {
      if (kind === 'set') continue;
      const ofType = byType.get(type) ?? [];
      byType.set(type, ofType);
      ofType.push(relation);
    }
  }
  return byType;
}

function givesWhatIsWritten({ rewrite }: Relation): boolean {
  return partsOf(rewrite).some(({ leaf, subtractions }) => leaf.kind === 'direct' && subtractions === 0);
}

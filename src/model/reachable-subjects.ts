import type { Model, Relation } from './model.ts';
import type { Rewrite } from './rewrite.ts';
import { type SubjectRef, subjectType } from './subject-ref.ts';

/** For every relation: the kinds of subject that could hold it, whatever relationships are written. */
export interface ReachableSubjects {
  /** False means that no relationship could make `subject` hold `relation`; true says nothing. */
  canReach(relation: Relation, subject: SubjectRef): boolean;
}

interface Reach {
  readonly types: Set<string>;
  /** Subject sets, as the relation that each of them names. */
  readonly sets: Set<Relation>;
}

/**
 * Follows the rewrites of all relations until nothing new is found. An exclusion can only take away, so only its base
 * counts; a relation reaches itself, because `doc:1#viewer` holds `viewer` on `doc:1`.
 */
export function findReachableSubjects(model: Model): ReachableSubjects {
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  const reaches = new Map<Relation, Reach>(
    relations.map((relation) => [relation, { types: new Set(), sets: new Set([relation]) }]),
  );
  let grown = true;
  while (grown) {
    grown = false;
    for (const [relation, reach] of reaches) {
      for (const source of sourcesOf(model, relation, relation.rewrite, reach)) {
        const other = reaches.get(source);
        if (other !== undefined && absorb(reach, other)) grown = true;
      }
    }
  }
  return { canReach: (relation, subject) => includes(model, reaches.get(relation), subject) };
}

/** The relations whose subjects also hold this one; subjects named in its own restrictions are added to `reach`. */
function sourcesOf(model: Model, relation: Relation, rewrite: Rewrite, reach: Reach): Relation[] {
  switch (rewrite.kind) {
    case 'direct':
      return relation.restrictions.flatMap((restriction) => {
        if (restriction.kind === 'set') return find(model, restriction.type, restriction.relation);
        reach.types.add(restriction.type);
        return [];
      });
    case 'computed':
      return find(model, relation.type, rewrite.relation);
    case 'from':
      return find(model, relation.type, rewrite.through).flatMap((through) =>
        through.restrictions.flatMap((parent) => find(model, parent.type, rewrite.relation)),
      );
    case 'union':
    case 'intersection':
      return rewrite.operands.flatMap((operand) => sourcesOf(model, relation, operand, reach));
    case 'exclusion':
      return sourcesOf(model, relation, rewrite.base, reach);
  }
}

function find(model: Model, type: string, name: string): Relation[] {
  const relation = model.types.get(type)?.relations.get(name);
  return relation === undefined ? [] : [relation];
}

function absorb(reach: Reach, other: Reach): boolean {
  const before = reach.types.size + reach.sets.size;
  for (const type of other.types) reach.types.add(type);
  for (const set of other.sets) reach.sets.add(set);
  return reach.types.size + reach.sets.size > before;
}

function includes(model: Model, reach: Reach | undefined, subject: SubjectRef): boolean {
  if (reach === undefined) return false;
  if (subject.kind !== 'set') return reach.types.has(subjectType(subject));
  const set = model.types.get(subject.object.type)?.relations.get(subject.relation);
  return set !== undefined && reach.sets.has(set);
}

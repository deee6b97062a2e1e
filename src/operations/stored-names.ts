import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { findType, type Model } from '../model/model.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Relationship } from '../model/relationship.ts';
import { type SubjectRef, subjectType } from '../model/subject-ref.ts';
import type { DecidingSnapshot } from '../store/deciding-snapshot.ts';
import type { Postern } from './postern.ts';

/**
 * Names that are held against what is stored, and not against the model: of the active model, or of an earlier one, whose
 * relationships are still there. A name that no model had is a mistake, and its list would be empty without a word.
 */
export function findStoredType(snapshot: DecidingSnapshot, name: string): Result<undefined, Problem> {
  if (snapshot.hasName('type', name)) return ok(undefined);
  const type = findType(snapshot.prepared.model, name);
  return type.ok ? ok(undefined) : type;
}

/** The relation of a type, or of any type. Roles are told here: whoever asks may read all relationships. */
export function findStoredRelation(
  { notice }: Pick<Postern, 'notice'>,
  snapshot: DecidingSnapshot,
  type: string | undefined,
  name: string,
): Result<undefined, Problem> {
  const { model } = snapshot.prepared;
  if (type !== undefined && model.types.get(type)?.relations.has(name)) return ok(undefined);
  const names = relationsOf(model, type);
  if (names.has(name)) return ok(undefined);
  const where = type === undefined ? '' : ` on type ${quote(type)}`;
  const near = didYouMean(name, names);
  if (!snapshot.hasName('relation', name)) {
    return failed(problem('UNKNOWN_RELATION', `Unknown relation ${quote(name)}${where}.${near}`));
  }
  const message = `The active model has no relation ${quote(name)}${where}.${near}`;
  notice?.({ code: 'FORMER_NAME', message });
  return ok(undefined);
}

/** A condition, of the active model or of an earlier one. */
export function findStoredCondition(
  { notice }: Pick<Postern, 'notice'>,
  snapshot: DecidingSnapshot,
  name: string,
): Result<undefined, Problem> {
  const { conditions } = snapshot.prepared.model;
  if (conditions.has(name)) return ok(undefined);
  const near = didYouMean(name, conditions.keys());
  if (!snapshot.hasName('condition', name)) {
    return failed(problem('UNKNOWN_CONDITION', `Unknown condition ${quote(name)}.${near}`));
  }
  notice?.({ code: 'FORMER_NAME', message: `The active model has no condition ${quote(name)}.${near}` });
  return ok(undefined);
}

/** Every name of a relationship that is looked for. */
export function findStoredNames(
  postern: Pick<Postern, 'notice'>,
  snapshot: DecidingSnapshot,
  { object, relation, subject }: Pick<Relationship, 'object' | 'relation' | 'subject'>,
): Result<undefined, Problem> {
  const type = findStoredType(snapshot, object.type);
  if (!type.ok) return type;
  const found = findStoredRelation(postern, snapshot, object.type, relation);
  return found.ok ? findStoredSubject(postern, snapshot, subject) : found;
}

/** The type of a subject, and the relation of a subject set. */
export function findStoredSubject(
  postern: Pick<Postern, 'notice'>,
  snapshot: DecidingSnapshot,
  subject: SubjectRef,
): Result<undefined, Problem> {
  const type = findStoredType(snapshot, subjectType(subject));
  if (!type.ok || subject.kind !== 'set') return type;
  return findStoredRelation(postern, snapshot, subject.object.type, subject.relation);
}

function relationsOf({ types }: Model, type: string | undefined): ReadonlySet<string> {
  const asked = type === undefined ? [...types.values()] : [types.get(type)];
  return new Set(asked.flatMap((one) => [...(one?.relations.keys() ?? [])]));
}

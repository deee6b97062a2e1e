import type { ConditionName, RelationName } from './names.ts';
import { formatObjectRef, type ObjectRef } from './object-ref.ts';
import { formatSubjectRef, type SubjectRef } from './subject-ref.ts';

/**
 * Terminology, for the whole code base:
 *
 * - *object* `track:42`; *subject* `user:ann`; *subject set* `team:eng#member`: everybody who holds `member` on it
 * - *relation*: a name that an object of a type relates subjects by; a *role* can be assigned, a *permission* is named `can_*`
 * - *relationship*: object#relation@subject, the only fact that is stored
 * - *rewrite*: how a relation is computed from relationships and other relations
 */
export interface Relationship {
  readonly object: ObjectRef;
  readonly relation: RelationName;
  readonly subject: SubjectRef;
  /** Counts only while the named condition of the model holds. */
  readonly condition: RelationshipCondition | undefined;
  /** Counts only from this instant on, judged by the database's clock: before, it is there, and decides nothing. */
  readonly startsAt: Date | undefined;
  /** Counts only before this instant, by the same clock: from then on it is not there any more. */
  readonly expiresAt: Date | undefined;
}

export interface RelationshipCondition {
  readonly name: ConditionName;
  /** Values that were written with the relationship; they win over those of a request. */
  readonly context: Context;
}

/** Values for the parameters of conditions, as JSON. */
export type Context = ReadonlyMap<string, unknown>;

export const emptyContext: Context = new Map();

/** Whether it counts: it has begun, and has not ended. */
export function isLiveAt(one: Pick<Relationship, 'startsAt' | 'expiresAt'>, now: Date): boolean {
  return (one.startsAt === undefined || one.startsAt <= now) && isThereAt(one, now);
}

/** Whether it is there: what has ended is as good as gone, and what begins later is only waiting. */
export function isThereAt({ expiresAt }: Pick<Relationship, 'expiresAt'>, now: Date): boolean {
  return expiresAt === undefined || expiresAt > now;
}

export function formatRelationship(relationship: Relationship): string {
  const { object, relation, subject } = relationship;
  return `${formatObjectRef(object)}#${relation}@${formatSubjectRef(subject)}`;
}

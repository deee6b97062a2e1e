import type { ObjectRef } from '../../model/object-ref.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { type SubjectRef, subjectType } from '../../model/subject-ref.ts';
import { packSubject } from '../packed-subject.ts';
import { type TermKind, termKinds } from '../terms.ts';
import type { TermName, TermNumbers } from './term-numbers.ts';

/** A relationship in the numbers of the store. */
export interface RelationshipNumbers {
  readonly relationship: Relationship;
  readonly object: number;
  readonly relation: number;
  readonly subject: number;
  readonly subjectType: number;
  readonly condition: number | null;
  readonly context: string | null;
  readonly startsAt: string | null;
  readonly expiresAt: string | null;
}

/** Every object that relationships name, once. */
export function objectsOf(relationships: readonly Relationship[]): readonly ObjectRef[] {
  const named = new Map<string, ObjectRef>();
  for (const { object, subject } of relationships) {
    named.set(formatObjectRef(object), object);
    if (subject.kind !== 'wildcard') named.set(formatObjectRef(subject.object), subject.object);
  }
  return [...named.values()];
}

/** Every name of models that relationships have, once. */
export function namesOf(relationships: readonly Relationship[]): readonly TermName[] {
  const named: Readonly<Record<TermKind, Set<string>>> = { type: new Set(), relation: new Set(), condition: new Set() };
  for (const { object, relation, subject, condition } of relationships) {
    named.type.add(object.type).add(subjectType(subject));
    named.relation.add(relation);
    if (subject.kind === 'set') named.relation.add(subject.relation);
    if (condition !== undefined) named.condition.add(condition.name);
  }
  return termKinds.flatMap((kind) => Array.from(named[kind], (name) => ({ kind, name })));
}

/** Undefined when a name has no number: then the store cannot hold it. */
export function numbersOf(
  relationship: Relationship,
  terms: Pick<TermNumbers, 'numberOf'>,
  numbers: ReadonlyMap<string, number>,
): RelationshipNumbers | undefined {
  const { condition, startsAt, expiresAt } = relationship;
  const object = numbers.get(formatObjectRef(relationship.object));
  const relation = terms.numberOf('relation', relationship.relation);
  const typeNumber = terms.numberOf('type', subjectType(relationship.subject));
  const subject = typeNumber === undefined ? undefined : packedOf(relationship.subject, typeNumber, terms, numbers);
  const conditionNumber = condition === undefined ? null : terms.numberOf('condition', condition.name);
  if (object === undefined || relation === undefined || typeNumber === undefined) return undefined;
  if (subject === undefined || conditionNumber === undefined) return undefined;
  return {
    relationship,
    object,
    relation,
    subject,
    subjectType: typeNumber,
    condition: conditionNumber,
    context: condition === undefined ? null : JSON.stringify(Object.fromEntries(condition.context)),
    startsAt: startsAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

function packedOf(
  subject: SubjectRef,
  type: number,
  terms: Pick<TermNumbers, 'numberOf'>,
  numbers: ReadonlyMap<string, number>,
) {
  if (subject.kind === 'wildcard') return packSubject({ kind: 'wildcard', type });
  const object = numbers.get(formatObjectRef(subject.object));
  if (object === undefined || subject.kind === 'object') return object;
  const relation = terms.numberOf('relation', subject.relation);
  return relation === undefined ? undefined : packSubject({ kind: 'set', object, relation });
}

/** As a statement takes many of them: an array for each column. */
export function columnsOf(rows: readonly RelationshipNumbers[]) {
  return {
    object: rows.map((row) => row.object),
    relation: rows.map((row) => row.relation),
    subject: rows.map((row) => row.subject),
    subjectType: rows.map((row) => row.subjectType),
    condition: rows.map((row) => row.condition),
    context: rows.map((row) => row.context),
    startsAt: rows.map((row) => row.startsAt),
    expiresAt: rows.map((row) => row.expiresAt),
  };
}

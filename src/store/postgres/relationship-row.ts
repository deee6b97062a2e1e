import type { ConditionName, RelationName } from '../../model/names.ts';
import { makeObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { parseSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import type { RowOf } from './row-of.ts';
import type { object, relationship, term } from './tables.ts';

type Stored = RowOf<typeof relationship>;
type TermName = RowOf<typeof term>['name'];
type ObjectName = RowOf<typeof object>['name'];

/** The columns of a relationship with its names, instead of their numbers. */
export interface RelationshipNames extends Pick<Stored, 'context' | 'starts_at' | 'expires_at'> {
  readonly object_type: TermName;
  readonly object_name: ObjectName;
  readonly relation: TermName;
  readonly subject_type: TermName;
  readonly subject_name: ObjectName | null;
  readonly subject_relation: TermName | null;
  readonly condition: TermName | null;
}

/** What `selectRelationship` reads. */
export interface RelationshipRow extends RelationshipNames, Pick<Stored, 'created_at' | 'created_by'> {}

/** Reads a row back; what the store holds passed the parsers once, so a failure here is damage and is thrown. */
export function storedRelationshipOf(row: RelationshipRow): StoredRelationship {
  return {
    ...relationshipOfNames(row),
    createdAt: row.created_at,
    createdBy: row.created_by === null ? undefined : subjectOfText(row.created_by),
  };
}

/** The relationship alone, without who wrote it and when. */
export function relationshipOfNames(row: RelationshipNames): Relationship {
  return {
    object: objectOf(row.object_type, row.object_name),
    relation: row.relation as RelationName,
    subject: subjectOfRow(row),
    condition:
      row.condition === null
        ? undefined
        : { name: row.condition as ConditionName, context: new Map(Object.entries(row.context ?? {})) },
    startsAt: row.starts_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  };
}

function objectOf(type: string, name: string): ObjectRef {
  const object = makeObjectRef(type, name);
  if (!object.ok) throw new Error(`A stored relationship is damaged: ${object.problem}`);
  return object.value;
}

function subjectOfRow({ subject_type, subject_name, subject_relation }: RelationshipNames): SubjectRef {
  const name = subject_name ?? '*';
  return subjectOfText(
    subject_relation === null ? `${subject_type}:${name}` : `${subject_type}:${name}#${subject_relation}`,
  );
}

function subjectOfText(text: string): SubjectRef {
  const subject = parseSubjectRef(text);
  if (!subject.ok) throw new Error(`A stored relationship is damaged: ${subject.problem}`);
  return subject.value;
}

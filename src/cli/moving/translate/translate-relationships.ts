import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';
import { type ConditionName, maxObjectIdBytes, type RelationName, type TypeName } from '../../../model/names.ts';
import { makeObjectRef } from '../../../model/object-ref.ts';
import type { Relationship } from '../../../model/relationship.ts';
import { type SubjectRef, setOf, subjectOf, wildcardOf } from '../../../model/subject-ref.ts';
import { validateRelationship } from '../../../model/validate-relationship.ts';
import { findMember, type SchemaRelation } from '../spicedb/schema.ts';
import { formatSource, type SourceRelationship } from '../spicedb/source-relationship.ts';
import { addedRelationships } from './added-relationships.ts';
import type { RefusedPart } from './construct.ts';
import { type AddedRelationship, Gathered, type SourceName } from './gathered.ts';
import type { SchemaTranslation } from './translate-schema.ts';
import { withoutWritten } from './without-written.ts';

/** The relationships of a source, translated and counted. */
export interface RelationshipsTranslation {
  readonly gathered: Gathered;
  readonly added: readonly AddedRelationship[];
}

/** Translates relationships; what has ended before `now` is left out. */
export function translateRelationships(
  translation: SchemaTranslation,
  sources: Iterable<SourceRelationship>,
  now: Date,
): RelationshipsTranslation {
  const gathered = new Gathered();
  for (const source of sources) {
    const name = nameOf(translation, source);
    const found = relationOf(translation, source);
    if (!found.ok) gathered.refuse(name, found.problem.kind, found.problem.why);
    else if (source.expiresAt !== undefined && source.expiresAt <= now) gathered.expire(name);
    else {
      const made = relationshipOf(translation, source);
      if (made.ok) gathered.take(name, made.value);
      else gathered.refuse(name, made.problem.kind, made.problem.why);
    }
  }
  return { gathered, added: addedRelationships(translation, gathered) };
}

function nameOf({ names }: SchemaTranslation, source: SourceRelationship): SourceName {
  const definition = names.definition(source.type);
  const relation = definition === undefined ? source.relation : names.memberOf(definition, source.relation);
  const { line, type } = source;
  return { line, type, relation: source.relation, text: formatSource(source), as: `${names.typeOf(type)}#${relation}` };
}

/** The relation that takes it in the source, if it comes in. */
function relationOf(
  { names, schema, refused }: SchemaTranslation,
  source: SourceRelationship,
): Result<SchemaRelation, RefusedPart> {
  const relation = findMember(names.definition(source.type), source.relation);
  if (relation === undefined || !('subjects' in relation)) return unknown(source, 'has no such relation');
  const subject = names.definition(source.subjectType);
  if (subject === undefined)
    return failed({ kind: 'unknown', why: `The schema has no definition ${quote(source.subjectType)}.` });
  if (!schema.definitions.includes(subject) || !admits(relation, source)) return unknown(source, 'does not admit it');
  const refusal = refused.get(relation);
  return refusal === undefined
    ? ok(relation)
    : failed({ kind: 'depends', why: `Its relation is refused: ${refusal.why}` });
}

function unknown({ type }: SourceRelationship, what: string): Result<never, RefusedPart> {
  return failed({ kind: 'unknown', why: `The definition ${quote(type)} of the schema ${what}.` });
}

function admits({ subjects }: SchemaRelation, source: SourceRelationship): boolean {
  const { subjectType, subjectId, subjectRelation, caveat, expiresAt } = source;
  const kind = subjectRelation !== '' ? 'set' : subjectId === '*' ? 'wildcard' : 'object';
  return subjects.some(
    (one) =>
      one.kind === kind &&
      one.type === subjectType &&
      one.relation === subjectRelation &&
      one.caveat === caveat?.name &&
      one.expires === (expiresAt !== undefined),
  );
}

function relationshipOf(translation: SchemaTranslation, source: SourceRelationship): Result<Relationship, RefusedPart> {
  const { names, model } = translation;
  const definition = names.definition(source.type);
  const object = makeObjectRef(names.typeOf(source.type), source.id);
  if (!object.ok) return wrongId(source.id, object.problem);
  const subject = subjectFrom(translation, source);
  if (!subject.ok) return subject;
  const relation = definition === undefined ? source.relation : names.memberOf(definition, source.relation);
  const relationship: Relationship = {
    object: object.value,
    relation: relation as RelationName,
    subject: subject.value,
    condition: conditionOf(translation, source),
    startsAt: undefined,
    expiresAt: source.expiresAt,
  };
  const valid = model === undefined ? undefined : validateRelationship(model, relationship);
  if (valid === undefined || valid.ok) return ok(relationship);
  return failed({ kind: source.caveat === undefined ? 'model' : 'context', why: valid.problem.message });
}

function subjectFrom(
  { names }: SchemaTranslation,
  { subjectType, subjectId, subjectRelation }: SourceRelationship,
): Result<SubjectRef, RefusedPart> {
  const type = names.typeOf(subjectType);
  if (subjectId === '*') return ok(wildcardOf(type as TypeName));
  const object = makeObjectRef(type, subjectId);
  if (!object.ok) return wrongId(subjectId, object.problem);
  if (subjectRelation === '') return ok(subjectOf(object.value));
  const definition = names.definition(subjectType);
  const relation = definition === undefined ? subjectRelation : names.memberOf(definition, subjectRelation);
  return ok(setOf(object.value, relation as RelationName));
}

function wrongId(id: string, why: string): Result<never, RefusedPart> {
  return failed({ kind: Buffer.byteLength(id) > maxObjectIdBytes ? 'long-id' : 'id', why });
}

function conditionOf({ names }: SchemaTranslation, { caveat }: SourceRelationship): Relationship['condition'] {
  if (caveat === undefined) return undefined;
  const values = Object.entries(caveat.context).map(
    ([key, value]) => [names.parameterOf(caveat.name, key), withoutWritten(value)] as const,
  );
  return { name: names.caveatOf(caveat.name) as ConditionName, context: new Map(values) };
}

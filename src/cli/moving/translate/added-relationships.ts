import { canonicalJson } from '../../../base/canonical-json.ts';
import type { RelationName } from '../../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../../model/relationship.ts';
import { subjectOf } from '../../../model/subject-ref.ts';
import { recordOf } from '../../../operations/relationship-record.ts';
import { findMember } from '../spicedb/schema.ts';
import type { AddedRelationship, Gathered } from './gathered.ts';
import type { SchemaTranslation } from './translate-schema.ts';

/** Relationships that a schema does not have and its model needs. */
export function addedRelationships(translation: SchemaTranslation, gathered: Gathered): readonly AddedRelationship[] {
  return [...objectsOfSets(translation, gathered), ...objectsThemselves(translation, gathered)];
}

/** Arrows lead to the objects that sets are of: each is written once for all its sets, as long as one of them counts. */
function objectsOfSets({ names, draft }: SchemaTranslation, gathered: Gathered): readonly AddedRelationship[] {
  const added = new Map<string, AddedRelationship>();
  for (const [name, relationship] of gathered.named()) {
    const definition = names.definition(name.type);
    const relation = findMember(definition, name.relation);
    if (relation === undefined || !('subjects' in relation)) continue;
    const helper = draft.helpers.objects.get(relation);
    const { subject } = relationship;
    if (helper === undefined || subject.kind === 'wildcard') continue;
    const one: Relationship = { ...relationship, relation: helper as RelationName, subject: subjectOf(subject.object) };
    const key = formatRelationship(one);
    const before = added.get(key)?.relationship;
    const wider = before === undefined ? one : widerOf(before, one);
    if (wider === undefined) {
      gathered.withdraw(
        name,
        relationship,
        `Arrows would follow ${formatObjectRef(subject.object)} under two conditions.`,
      );
      continue;
    }
    added.set(key, {
      type: name.type,
      relation: helper,
      as: `${names.typeOf(name.type)}#${helper}`,
      relationship: wider,
    });
  }
  return [...added.values()];
}

/** Of two that say the same with other conditions or ends, the one that counts whenever the other does. */
function widerOf(left: Relationship, right: Relationship): Relationship | undefined {
  const covers = (one: Relationship, other: Relationship) =>
    (one.condition === undefined ||
      canonicalJson(recordOf(one).condition) === canonicalJson(recordOf(other).condition)) &&
    (one.expiresAt === undefined || (other.expiresAt !== undefined && one.expiresAt >= other.expiresAt));
  if (covers(left, right)) return left;
  return covers(right, left) ? right : undefined;
}

/** One for each object that any relationship names. */
function objectsThemselves({ names, draft }: SchemaTranslation, gathered: Gathered): readonly AddedRelationship[] {
  if (draft.helpers.itself.size === 0) return [];
  const named = new Map<string, ObjectRef>();
  for (const { object, subject } of gathered.relationships()) {
    for (const one of subject.kind === 'wildcard' ? [object] : [object, subject.object])
      named.set(formatObjectRef(one), one);
  }
  return Array.from(draft.helpers.itself).flatMap(([definition, itself]) => {
    const type = names.typeOf(definition.name);
    const objects = [...named.values()].filter((object) => object.type === type);
    return objects.map((object) => ({
      ...{ type: definition.name, relation: itself, as: `${type}#${itself}` },
      relationship: {
        ...{ object, relation: itself as RelationName, subject: subjectOf(object) },
        ...{ condition: undefined, startsAt: undefined, expiresAt: undefined },
      },
    }));
  });
}

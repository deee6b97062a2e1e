import { formatObjectRef } from '../../../src/model/object-ref.ts';
import { formatSubjectRef } from '../../../src/model/subject-ref.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../../../src/store/relationship-page.ts';
import type { MemoryRow, MemoryState } from './memory-state.ts';

/** One page of live relationships, in the order that the filter has. */
export function readMemoryRelationships(
  state: MemoryState,
  filter: RelationshipFilter,
  first: number,
  after: RelationshipCursor | undefined,
): RelationshipPage {
  const compare = orderOf(state, filter);
  const found = state
    .rowsThere(new Date())
    .filter((row) => isAsked(row, filter) && (after === undefined || compare(row, after) > 0))
    .toSorted(compare);
  const relationships = found.slice(0, first).map(({ relationship, object, relation, subject }) => {
    return { relationship, cursor: { object, relation, subject } };
  });
  const last = relationships.at(-1)?.cursor;
  return { relationships, hasMore: found.length > first, last, isCutShort: false };
}

type Compare = (left: RelationshipCursor, right: RelationshipCursor) => number;

function orderOf(state: MemoryState, { objectType, object, subject }: RelationshipFilter): Compare {
  const byRelation: Compare = (a, b) => a.relation - b.relation;
  const byObject: Compare = (a, b) => a.object - b.object;
  const bySubject: Compare = (a, b) => a.subject - b.subject;
  if (subject !== undefined) return (a, b) => byRelation(a, b) || byObject(a, b);
  if (object !== undefined || objectType === undefined) {
    return (a, b) => byObject(a, b) || byRelation(a, b) || bySubject(a, b);
  }
  const nameOf = ({ object: node }: RelationshipCursor) => Buffer.from(state.objectOf(node)?.id ?? '');
  return (a, b) => Buffer.compare(nameOf(a), nameOf(b)) || byRelation(a, b) || bySubject(a, b);
}

function isAsked({ relationship }: MemoryRow, filter: RelationshipFilter): boolean {
  const { objectType, object, relation, subject, condition, createdBy, expiresBefore } = filter;
  const author = relationship.createdBy && formatSubjectRef(relationship.createdBy);
  const end = relationship.expiresAt;
  return (
    (condition === undefined || relationship.condition?.name === condition) &&
    (createdBy === undefined || author === formatSubjectRef(createdBy)) &&
    (expiresBefore === undefined || (end !== undefined && end < expiresBefore)) &&
    (objectType === undefined || relationship.object.type === objectType) &&
    (object === undefined || formatObjectRef(relationship.object) === formatObjectRef(object)) &&
    (relation === undefined || relationship.relation === relation) &&
    (subject === undefined || formatSubjectRef(relationship.subject) === formatSubjectRef(subject))
  );
}

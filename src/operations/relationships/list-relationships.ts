import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../../store/relationship-page.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { type Actor, formatAsker } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, type PlaceFormat } from '../cursors.ts';
import { noticeComputed } from '../notice-never-held.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { findStoredCondition, findStoredRelation, findStoredSubject, findStoredType } from '../stored-names.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';

/** A page of relationships, with cursors that only the same asker can use for the same filter. */
export interface ListedRelationships {
  readonly relationships: readonly { readonly relationship: StoredRelationship; readonly cursor: string }[];
  readonly hasMore: boolean;
  readonly endCursor: string | undefined;
  readonly isCutShort: boolean;
  readonly token: ConsistencyToken;
}

/** Stored relationships page by page, for an actor with `can_read_relationships`. */
export async function listRelationships(
  postern: Postern,
  actor: Actor,
  filter: RelationshipFilter,
  page: PageRequest,
): Promise<Result<ListedRelationships, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'Listing relationships', attempt: { action: 'readRelationships' as const, wanted: [] } };
  return readAs(postern, actor, request, async (audited) => {
    const { object, subject, createdBy } = filter;
    const named = [object, subject && objectIn(subject), createdBy && objectIn(createdBy)].filter(
      (one) => one !== undefined,
    );
    const question = ['relationships', formatAsker(actor), recordOfFilter(filter)];
    const cursors = await cursorsOf(postern, question, relationshipPlace);
    const start = cursors.read(page);
    const { consistency } = start.ok ? start.value : page;
    const objects = [...objectsToAuthorize(actor, platform), ...named];
    return withFreshState<ListedRelationships>(store, objects, { consistency }, async (snapshot, state) => {
      const authorized = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
      if (!authorized.ok) return authorized;
      const valid = checkFilter(postern, snapshot, filter);
      if (!valid.ok) return valid;
      await noticeUnnamed(postern, snapshot, audited, named);
      if (!start.ok) return start;
      const found = await state.readRelationships(filter, page.first, start.value.place);
      return ok({ ...listed(found, cursors.in(snapshot)), token: tokenOf(snapshot) });
    });
  });
}

function listed(
  { relationships, hasMore, last, isCutShort }: RelationshipPage,
  cursorOf: (place: RelationshipCursor) => string,
) {
  return {
    relationships: relationships.map(({ relationship, cursor }) => ({ relationship, cursor: cursorOf(cursor) })),
    hasMore,
    endCursor: last && cursorOf(last),
    isCutShort,
  };
}

/** A name that nothing can have would be an empty list, which looks like a right answer. */
function checkFilter(
  postern: Postern,
  snapshot: StoreSnapshot,
  { objectType, object, relation, subject, condition, createdBy }: RelationshipFilter,
): Result<undefined, Refusal> {
  const type = object?.type ?? objectType;
  const names: readonly (readonly [field: string, () => Result<undefined, Problem>])[] = [
    ['objectType', () => (objectType === undefined ? ok(undefined) : findStoredType(snapshot, objectType))],
    ['object', () => (object === undefined ? ok(undefined) : findStoredType(snapshot, object.type))],
    [
      'relation',
      () => (relation === undefined ? ok(undefined) : findStoredRelation(postern, snapshot, type, relation)),
    ],
    ['subject', () => (subject === undefined ? ok(undefined) : findStoredSubject(postern, snapshot, subject))],
    ['condition', () => (condition === undefined ? ok(undefined) : findStoredCondition(postern, snapshot, condition))],
    ['createdBy', () => (createdBy === undefined ? ok(undefined) : findStoredSubject(postern, snapshot, createdBy))],
  ];
  for (const [field, find] of names) {
    const found = find();
    if (!found.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(found.problem, ['filter', field])] });
  }
  if (relation !== undefined) noticeComputed(postern, snapshot.prepared.model, type, relation);
  if (object === undefined || objectType === undefined || object.type === objectType) return ok(undefined);
  const message = `The object ${quote(formatObjectRef(object))} is not of the type ${quote(objectType)}: leave one of them out.`;
  return failed(invalid('INVALID_INPUT', message, ['filter', 'objectType']));
}

/** The filter as JSON, for cursors. */
function recordOfFilter(filter: RelationshipFilter) {
  const { objectType, object, relation, subject, condition, createdBy, expiresBefore } = filter;
  return {
    ...(objectType !== undefined && { objectType }),
    ...(object && { object: formatObjectRef(object) }),
    ...(relation !== undefined && { relation }),
    ...(subject && { subject: formatSubjectRef(subject) }),
    ...(condition !== undefined && { condition }),
    ...(createdBy && { createdBy: formatSubjectRef(createdBy) }),
    ...(expiresBefore && { expiresBefore: expiresBefore.toISOString() }),
  };
}

const relationshipPlace: PlaceFormat<RelationshipCursor> = {
  write: ({ object, relation, subject }) => `${object} ${relation} ${subject}`,
  read: (text) => {
    const [object, relation, subject] = text.split(' ').map(Number);
    if (object === undefined || relation === undefined || subject === undefined) return undefined;
    return { object, relation, subject };
  },
};

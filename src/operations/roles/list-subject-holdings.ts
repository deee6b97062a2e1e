import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { findContainedObjects } from '../../engine/review/find-contained-objects.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { type Actor, formatAsker } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, findGrantable, objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, namePlace } from '../cursors.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import { findStoredType } from '../stored-names.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { inOrder, maxHoldings } from './find-holdings.ts';
import { findSetHoldings } from './find-set-holdings.ts';

export interface SubjectHoldingsQuestion extends PageRequest {
  readonly subject: SubjectRef;
  /** Only on this object, and on what belongs to it. */
  readonly within: ObjectRef | undefined;
}

/** A relationship that gives a subject something, or takes it. */
export interface SubjectHolding {
  readonly relationship: StoredRelationship;
  /** Whether it is written for a set that the subject is in, and not for the subject itself. */
  readonly isThroughSet: boolean;
  readonly cursor: string;
}

export interface SubjectHoldingsPage {
  readonly holdings: readonly SubjectHolding[];
  readonly hasMore: boolean;
  /** Whether all pages together have everything that the actor may see. */
  readonly isComplete: boolean;
  readonly token: ConsistencyToken;
}

/**
 * What a subject holds, directly and through sets that it is in, however deep they are nested.
 *
 * For an actor that may review the object that it is asked within, or read all relationships: everything there. Everybody else sees what
 * they may revoke, and nothing unless some of what the subject holds directly is: who holds how much is nobody else's to know.
 */
export async function listSubjectHoldings(
  postern: Postern,
  actor: Actor,
  question: SubjectHoldingsQuestion,
): Promise<Result<SubjectHoldingsPage, Refusal>> {
  const { subject, within } = question;
  if (subject.kind !== 'object') {
    const message = `${quote(formatSubjectRef(subject))} is not a single subject: "accessRelationships" lists what a set or everybody is given.`;
    return failed(invalid('INVALID_INPUT', message, ['subject']));
  }
  const { object } = subject;
  const named = within === undefined ? [object] : [object, within];
  const wanted = [{ subject: formatObjectRef(object), ...(within && { object: formatObjectRef(within) }) }];
  const request = { what: 'Listing what a subject holds', attempt: { action: 'reviewAccess' as const, wanted } };
  return readAs(postern, actor, request, async (audited) => {
    const asked = ['holdings', formatAsker(actor), named.map(formatObjectRef)];
    const cursors = await cursorsOf(postern, asked, namePlace);
    const start = cursors.read(question);
    if (!start.ok) return start;
    const { place = '', consistency } = start.value;
    const objects = [...objectsToAuthorize(actor, postern.platform), ...named];
    const options = { consistency, history: true };
    return withFreshSnapshot<SubjectHoldingsPage>(postern, postern.store.reader, objects, options, async (snapshot) => {
      const found = await findVisible({ postern, snapshot, audited, object, within });
      if (!found.ok) return found;
      const { relationships, isComplete } = found.value;
      const rest = inOrder(relationships).filter((one) => formatRelationship(one) > place);
      const cursorOf = cursors.in(snapshot);
      const holdings = rest.slice(0, question.first).map((relationship): SubjectHolding => {
        const isThroughSet = !isWrittenFor(relationship, object);
        return { relationship, isThroughSet, cursor: cursorOf(formatRelationship(relationship)) };
      });
      return ok({ holdings, hasMore: rest.length > question.first, isComplete, token: tokenOf(snapshot) });
    });
  });
}

interface Search {
  readonly postern: Postern;
  readonly snapshot: StoreSnapshot;
  readonly audited: AuditedActor;
  readonly object: ObjectRef;
  readonly within: ObjectRef | undefined;
}

interface Visible {
  readonly relationships: readonly StoredRelationship[];
  readonly isComplete: boolean;
}

async function findVisible(search: Search): Promise<Result<Visible, Refusal>> {
  const { postern, snapshot, audited, object, within } = search;
  const { platform } = postern;
  const reviewer =
    within === undefined
      ? await authorizeRead(snapshot, audited, 'can_read_relationships', platform)
      : await authorizeReview(snapshot, audited, within, platform);
  const read = await snapshot.readHoldings({ kind: 'all', object }, maxHoldings + 1);
  const visibleOf = async (list: readonly StoredRelationship[]): Promise<Visible & { readonly why?: Refusal }> => {
    if (reviewer.ok) return { relationships: list, isComplete: true };
    const { grantable, undecided } = await findGrantable(snapshot, audited, list);
    return { relationships: grantable, isComplete: undecided === undefined, ...(undecided && { why: undecided }) };
  };
  const direct = await visibleOf(read.slice(0, maxHoldings));
  // How much somebody holds is told to those only who may review it, or take some of it.
  if (!reviewer.ok && direct.relationships.length === 0) return failed(direct.why ?? reviewer.problem);
  const valid = await validate(search);
  if (!valid.ok) return valid;
  const sets = await findSetHoldings(snapshot, object);
  const through = await visibleOf(sets.relationships);
  const all = await onlyWithin(search, [...direct.relationships, ...through.relationships]);
  const parts = [read.length <= maxHoldings, !sets.isCut, direct.isComplete, through.isComplete, all.isComplete];
  return ok({ relationships: all.relationships, isComplete: parts.every(Boolean) });
}

async function validate(search: Search): Promise<Result<undefined, Refusal>> {
  const { postern, snapshot, audited, object, within } = search;
  const names = [
    ['subject', object],
    ['within', within],
  ] as const;
  for (const [field, one] of names) {
    const known = one === undefined ? ok(undefined) : findStoredType(snapshot, one.type);
    if (!known.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, [field])] });
  }
  await noticeUnnamed(postern, snapshot, audited, [object, within]);
  return ok(undefined);
}

/** Relationships that are followed to find what belongs to an object. */
const maxContained = 20_000;

async function onlyWithin(
  { snapshot, within }: Search,
  relationships: readonly StoredRelationship[],
): Promise<Visible> {
  if (within === undefined) return { relationships, isComplete: true };
  const { objects, isComplete } = await findContainedObjects(snapshot, within, maxContained);
  const contained = new Set(objects.map(formatObjectRef));
  return { relationships: relationships.filter((one) => contained.has(formatObjectRef(one.object))), isComplete };
}

/** Whether it is written for the subject itself, or for a set that is rooted in it. */
function isWrittenFor({ subject }: StoredRelationship, object: ObjectRef): boolean {
  return subject.kind !== 'wildcard' && isSameObject(subject.object, object);
}

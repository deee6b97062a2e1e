import { failed, ok, type Result } from '../../base/result.ts';
import type { GrantEntry, GrantPage, ReviewQuestion } from '../../engine/review/grant-entry.ts';
import { reviewGrants } from '../../engine/review/review-grants.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { findRelation, findType, type Model } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { findRole } from '../../model/roles.ts';
import { formatSubjectRef, subjectType } from '../../model/subject-ref.ts';
import { type Actor, formatAsker } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { cursorsOf } from '../cursors.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { authorizeReview } from './authorize-review.ts';
import { grantPlace } from './grant-place.ts';

export interface AccessReviewInput extends ReviewQuestion, PageRequest {}

/** An entry of a review, in the words of auditors. */
export interface AccessReviewEntry extends Omit<GrantEntry, 'place'> {
  readonly cursor: string;
  /** When the last of the relationships was written. */
  readonly grantedAt: Date;
  /** Who wrote the first one; undefined when it was written at the console. */
  readonly grantedBy: ReviewedBy;
  /** When the last of the relationships begins; undefined when none has a beginning. */
  readonly startsAt: Date | undefined;
  /** When the first of the relationships ends; undefined when none does. */
  readonly expiresAt: Date | undefined;
}

type ReviewedBy = GrantEntry['via'][number]['createdBy'];

export interface AccessReviewPage extends Pick<GrantPage, 'hasMore' | 'isCutShort' | 'isComplete' | 'givingObjects'> {
  readonly entries: readonly AccessReviewEntry[];
  readonly endCursor: string | undefined;
  readonly token: ConsistencyToken;
}

/** A page of who has which role on an object; for whom, see `authorizeReview`. */
export async function reviewAccess(
  postern: Postern,
  actor: Actor,
  input: AccessReviewInput,
): Promise<Result<AccessReviewPage, Refusal>> {
  const { store, platform } = postern;
  const { object, notHolding, subject } = input;
  const reviewed = notHolding ? [object, notHolding.object] : [object];
  const wanted = reviewed.map((one) => ({ object: formatObjectRef(one) }));
  const request = { what: 'Reviewing access', attempt: { action: 'reviewAccess' as const, wanted } };
  return readAs(postern, actor, request, async (audited) => {
    const cursors = await cursorsOf(postern, boundOf(actor, input), grantPlace);
    const start = cursors.read(input);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const named = [...objectsToAuthorize(actor, platform), ...reviewed];
    if (subject?.kind === 'object') named.push(subject.object);
    const options = { consistency, history: true };
    return withFreshSnapshot<AccessReviewPage>(postern, store.reader, named, options, async (snapshot) => {
      for (const one of reviewed) {
        const entitled = await authorizeReview(snapshot, audited, one, platform);
        if (!entitled.ok) return entitled;
      }
      const valid = validate(snapshot.prepared.model, input);
      if (!valid.ok) return valid;
      await noticeUnnamed(postern, snapshot, audited, [...reviewed, subject]);
      const page = await reviewGrants(snapshot, input, input.first, place);
      if (!page.ok) return failed({ kind: 'undecided', problem: page.problem });
      const { entries, last, ...rest } = page.value;
      const cursorOf = cursors.in(snapshot);
      return ok({
        ...rest,
        entries: entries.map((entry) => entryOf(entry, cursorOf(entry.place))),
        endCursor: last && cursorOf(last),
        token: tokenOf(snapshot),
      });
    });
  });
}

function entryOf({ place: _place, ...entry }: GrantEntry, cursor: string): AccessReviewEntry {
  const written = entry.via.map(({ createdAt }) => createdAt.getTime());
  const starts = entry.via.flatMap(({ startsAt }) => startsAt?.getTime() ?? []);
  const ends = entry.via.flatMap(({ expiresAt }) => expiresAt?.getTime() ?? []);
  return {
    ...entry,
    cursor,
    grantedAt: new Date(Math.max(...written)),
    grantedBy: entry.via.at(0)?.createdBy,
    startsAt: starts.length === 0 ? undefined : new Date(Math.max(...starts)),
    expiresAt: ends.length === 0 ? undefined : new Date(Math.min(...ends)),
  };
}

/** What a cursor is good for: one asker and one question. */
function boundOf(actor: Actor, { object, includeContained, ...filter }: AccessReviewInput): unknown {
  const { role, subject, expiresBefore, withoutEnd, notHolding } = filter;
  const { subjectType: type, isDirect, isEffective } = filter;
  return [
    'accessReview',
    formatAsker(actor),
    formatObjectRef(object),
    includeContained,
    role ?? null,
    subject ? formatSubjectRef(subject) : null,
    expiresBefore?.toISOString() ?? null,
    withoutEnd,
    notHolding ? [formatObjectRef(notHolding.object), notHolding.relation] : null,
    [type ?? null, isDirect ?? null, isEffective ?? null],
  ];
}

function validate(model: Model, input: AccessReviewInput): Result<undefined, Refusal> {
  const { object, role, subject, notHolding, includeContained } = input;
  if (subject?.kind === 'set') {
    const message = `"${formatSubjectRef(subject)}" is a subject set; a review lists the subjects in it.`;
    return failed(invalid('INVALID_INPUT', message, ['filter', 'subject']));
  }
  if (input.withoutEnd && input.expiresBefore !== undefined) {
    const message = 'What has no end does not expire: give "withoutEnd" or "expiresBefore".';
    return failed(invalid('INVALID_INPUT', message, ['filter', 'withoutEnd']));
  }
  const type = findType(model, object.type);
  if (!type.ok) return failed({ kind: 'undecided', problem: type.problem });
  const subjectKnown = subject === undefined ? ok(undefined) : findType(model, subjectType(subject));
  if (!subjectKnown.ok) return refused(subjectKnown.problem, 'subject');
  const typeKnown = input.subjectType === undefined ? ok(undefined) : findType(model, input.subjectType);
  if (!typeKnown.ok) return refused(typeKnown.problem, 'subjectType');
  const known = role === undefined ? ok(undefined) : findRole(model, typesFor(model, object, includeContained), role);
  if (!known.ok) return refused(known.problem, 'role');
  const holding = notHolding && findRelation(model, notHolding.object.type, notHolding.relation, 'administrator');
  return holding?.ok === false ? refused(holding.problem, 'notHolding') : ok(undefined);
}

function typesFor(model: Model, object: ObjectRef, includeContained: boolean) {
  return [...model.types.values()].filter(({ name }) => includeContained || name === object.type);
}

function refused(problem: Problem, field: string): Result<never, Refusal> {
  return failed({ kind: 'invalid', errors: [inputErrorOf(problem, ['filter', field])] });
}

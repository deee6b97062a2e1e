import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { isAfter, readObjectsStarting } from '../../engine/lists/read-objects-starting.ts';
import { findNamedWithin, findReviewed } from '../../engine/review/find-named-within.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { findType, permissionsOf } from '../../model/model.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { type Actor, formatAsker } from '../actor.ts';
import { decideRights } from '../ask-rights.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { isBreakGlass } from '../break-glass.ts';
import { cursorsOf, idPlace } from '../cursors.ts';
import { listObjectsFor } from '../list-objects-for.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { findStoredType } from '../stored-names.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { authorizeReview, reviewPermission } from './authorize-review.ts';

export interface KnownObjectsQuestion extends PageRequest {
  readonly type: string;
  /** How their ids begin; anything for nothing. */
  readonly startsWith: string;
  /** Only what a review of this object, and of what belongs to it, would name. */
  readonly within: ObjectRef | undefined;
}

/** A page of objects, in byte order of their ids. */
export interface KnownObjectsPage extends FoundObjects {
  readonly cursorOf: (id: ObjectId) => string;
  readonly token: ConsistencyToken;
}

interface FoundObjects {
  readonly objects: readonly ObjectRef[];
  readonly hasMore: boolean;
  /** The last id that was looked at. */
  readonly lastId: ObjectId | undefined;
  readonly isCutShort: boolean;
  /** Whether all pages together have all that there are. */
  readonly isComplete: boolean;
}

/**
 * Objects that relationships name, for whoever looks for one by the beginning of its id.
 *
 * Nobody learns of an object that a review or a list would not show them: within an object, what a review of it names, for those who may
 * review it. Everywhere, all of them for those who may read all relationships, and for everybody else what they may review themselves.
 */
export async function listKnownObjects(
  postern: Postern,
  actor: Actor,
  question: KnownObjectsQuestion,
): Promise<Result<KnownObjectsPage, Refusal>> {
  const { store, platform } = postern;
  const { type, startsWith, within } = question;
  const attempt = within && { action: 'reviewAccess' as const, wanted: [{ object: formatObjectRef(within) }] };
  const request = { what: 'Listing known objects', ...(attempt && { attempt }) };
  return readAs(postern, actor, request, async (audited) => {
    const asked = ['known', formatAsker(actor), type, startsWith, within ? formatObjectRef(within) : null];
    const cursors = await cursorsOf(postern, asked, idPlace(type));
    const start = cursors.read(question);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const objects = [...objectsToAuthorize(actor, platform), ...(within ? [within] : [])];
    const options = { consistency, history: true };
    return withFreshSnapshot<KnownObjectsPage>(postern, store.reader, objects, options, async (snapshot) => {
      const found = await find({ postern, snapshot, audited, question, place });
      if (!found.ok) return found;
      return ok({ ...found.value, cursorOf: cursors.in(snapshot), token: tokenOf(snapshot) });
    });
  });
}

interface Search {
  readonly postern: Postern;
  readonly snapshot: StoreSnapshot;
  readonly audited: AuditedActor;
  readonly question: KnownObjectsQuestion;
  readonly place: ObjectId | undefined;
}

async function find(search: Search): Promise<Result<FoundObjects, Refusal>> {
  const { postern, snapshot, audited, question } = search;
  const { platform } = postern;
  const { within } = question;
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  if (within !== undefined) {
    const entitled = reader.ok ? reader : await authorizeReview(snapshot, audited, within, platform);
    return entitled.ok ? findWithin(search, within, reader.ok) : entitled;
  }
  if (reader.ok) return findEverywhere(search);
  return reader.problem.kind === 'undecided' ? reader : findOwn(search);
}

/** Objects that are looked at together, and for one page before it is cut short. */
const lookedAtOnce = 100;
const maxLookedAt = 1_000;

async function findWithin(
  search: Search,
  within: ObjectRef,
  isReader: boolean,
): Promise<Result<FoundObjects, Refusal>> {
  const { postern, snapshot, audited, question, place } = search;
  const { type, startsWith, first } = question;
  const known = findType(snapshot.prepared.model, within.type);
  if (!known.ok) return failed({ kind: 'undecided', problem: known.problem });
  const asked = findStoredType(snapshot, type);
  if (!asked.ok) return failed({ kind: 'undecided', problem: asked.problem });
  await noticeUnnamed(postern, snapshot, audited, [within]);
  const { objects, holders, isComplete } = await findNamedWithin(snapshot, within, type as TypeName);
  const rest = objects.filter(({ id }) => id.startsWith(startsWith) && isAfter(id, place));
  const shown: ObjectRef[] = [];
  let looked = 0;
  while (looked < rest.length && shown.length <= first && looked < maxLookedAt) {
    const some = rest.slice(looked, looked + lookedAtOnce);
    const isSure = (one: ObjectRef) => isReader || holders.has(formatObjectRef(one)) || isSameObject(one, within);
    const unsure = some.filter((one) => !isSure(one));
    const found = await findShown(search, unsure);
    const hidden = new Set(unsure.filter((one) => !found.has(formatObjectRef(one))));
    shown.push(...some.filter((one) => !hidden.has(one)));
    looked += some.length;
  }
  const isFull = shown.length > first;
  const page = shown.slice(0, first);
  const lastId = isFull ? page.at(-1)?.id : rest.at(looked - 1)?.id;
  return ok({
    objects: page,
    hasMore: isFull || looked < rest.length,
    lastId,
    isCutShort: !isFull && looked < rest.length,
    isComplete,
  });
}

/** Of what belongs to an object: what a review has an entry of, and what a list about the asker would show. */
async function findShown({ snapshot, audited }: Search, objects: readonly ObjectRef[]): Promise<ReadonlySet<string>> {
  const { actor } = audited;
  const reviewed = await findReviewed(snapshot, objects);
  const open = objects.filter((object) => !reviewed.has(formatObjectRef(object)));
  const [one] = open;
  const type = one && snapshot.prepared.model.types.get(one.type);
  if (actor.kind === 'console') return new Set(objects.map(formatObjectRef));
  if (type === undefined) return reviewed;
  const rights = open.flatMap((object) => permissionsOf(type).map(({ name }) => ({ permission: name, object })));
  const { decisions, reads } = await decideRights(snapshot, actor, rights);
  for (const read of reads) audited.note(read);
  const held = zip(rights, decisions).flatMap(([{ object }, { kind }]) => (kind === 'allowed' ? [object] : []));
  return new Set([...reviewed, ...held.map(formatObjectRef)]);
}

async function findEverywhere({ snapshot, question, place }: Search): Promise<Result<FoundObjects, Refusal>> {
  const { type, startsWith, first } = question;
  const asked = findStoredType(snapshot, type);
  if (!asked.ok) return failed({ kind: 'undecided', problem: asked.problem });
  const range = { type: type as TypeName, startsWith, after: place };
  const read = await readObjectsStarting(snapshot, range, first + 1);
  const objects = read.objects.slice(0, first).map(({ object }) => object);
  const hasMore = read.objects.length > first;
  return ok({ objects, hasMore, lastId: objects.at(-1)?.id, isCutShort: false, isComplete: true });
}

/** What somebody may review is a list about themselves, and decided as one. */
async function findOwn({ snapshot, audited, question, place }: Search): Promise<Result<FoundObjects, Refusal>> {
  const { actor } = audited;
  const { type: name, startsWith, first } = question;
  const type = findType(snapshot.prepared.model, name);
  if (!type.ok) return failed({ kind: 'undecided', problem: type.problem });
  const permission = reviewPermission(snapshot, { type: type.value.name });
  const nothing = { objects: [], hasMore: false, lastId: undefined, isCutShort: false, isComplete: true };
  if (actor.kind === 'console' || permission === undefined) return ok(nothing);
  const own = { subject: actor.subject, context: emptyContext, facts: actor.context, contextual: [] };
  const asked = { ...own, relation: permission, type: name, startsWith, notes: isBreakGlass };
  const page = await listObjectsFor(snapshot, actor, asked, first, place);
  if (!page.ok) return failed({ kind: 'undecided', problem: page.problem });
  for (const object of page.value.noted) audited.note({ object, permission });
  const { objects, hasMore, lastId, isCutShort, undecided } = page.value;
  return ok({ objects, hasMore, lastId, isCutShort: hasMore && isCutShort, isComplete: undecided.length === 0 });
}

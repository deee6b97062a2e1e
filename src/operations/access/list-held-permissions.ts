import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { type Check, objectsOf } from '../../engine/check/check.ts';
import { checkInParts } from '../../engine/check/check-in-parts.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { AgedPosition } from '../../model/consistency-token.ts';
import type { Decision } from '../../model/decision.ts';
import { findType, type Model, permissionsOf } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { Context } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { formatAsker, type Viewer } from '../actor.ts';
import { askAs } from '../ask-rights.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { type Cursors, cursorsOf, namePlace } from '../cursors.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { listViewerPermissions, type ViewerPermissions } from './list-viewer-permissions.ts';
import { isAboutSelf, judgeContextOf } from './question-context.ts';
import type { Wording } from './wording.ts';

export interface HeldPermissionsInput extends PageRequest {
  readonly subject: SubjectRef;
  readonly object: ObjectRef;
  readonly context: Context;
  readonly wording?: Wording | undefined;
}

/** A page of the permissions that a subject has on an object, in the order of their names. */
export interface HeldPermissions {
  readonly permissions: readonly string[];
  /** Those of the whole list that could not be decided. */
  readonly undecided: ViewerPermissions['undecided'];
  readonly hasMore: boolean;
  readonly endCursor: string | undefined;
  /** The model that they are permissions of. */
  readonly model: Model;
}

/** The permissions of any subject on an object, for whoever may ask about any; and one's own for everybody, by what the token says. */
export async function listHeldPermissions(
  postern: Postern,
  asker: Viewer,
  input: HeldPermissionsInput,
): Promise<Result<HeldPermissions, Refusal>> {
  const { subject, object, context } = input;
  return orUnavailable(postern, 'Listing permissions', async () => {
    const question = [formatAsker(asker), formatSubjectRef(subject), formatObjectRef(object), [...context]];
    const cursors = await cursorsOf(postern, ['held permissions', ...question], namePlace);
    const start = cursors.read(input);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const held = await findHeld(postern, asker, input, consistency);
    return held.ok ? ok(pageOf(held.value, cursors, place, input.first)) : held;
  });
}

function pageOf(
  { granted, undecided, state, model }: Held,
  cursors: Cursors<string>,
  place: string | undefined,
  first: number,
): HeldPermissions {
  const rest = granted.toSorted().filter((name) => place === undefined || name > place);
  const permissions = rest.slice(0, first);
  const last = permissions.at(-1);
  const endCursor = last === undefined ? undefined : cursors.in(state)(last);
  return { permissions, undecided, hasMore: rest.length > permissions.length, endCursor, model };
}

interface Held extends Pick<ViewerPermissions, 'granted' | 'undecided'> {
  readonly state: AgedPosition;
  readonly model: Model;
}

async function findHeld(
  postern: Postern,
  asker: Viewer,
  input: HeldPermissionsInput,
  consistency: Consistency,
): Promise<Result<Held, Refusal>> {
  const isOwn = isAboutSelf(asker, input.subject);
  if (!isOwn || input.context.size > 0) {
    const held = await findAnybodys(postern, asker, input, consistency);
    if (held.ok || !isOwn || held.problem.kind !== 'forbidden') return held;
  }
  return findOwn(postern, asker, input.object, consistency);
}

async function findOwn(
  postern: Postern,
  asker: Viewer,
  object: ObjectRef,
  consistency: Consistency,
): Promise<Result<Held, Refusal>> {
  let state: AgedPosition | undefined;
  const answeredFrom = (found: AgedPosition) => {
    state = found;
    postern.answeredFrom?.(found);
  };
  const listed = await listViewerPermissions({ ...postern, answeredFrom }, asker, [object], consistency);
  if (!listed.ok) return failed({ kind: 'undecided', problem: listed.problem });
  const [own] = listed.value;
  invariant(own !== undefined && state !== undefined, 'an object that was asked about is answered, from some state');
  const active = await postern.store.loadActiveModel();
  invariant(active !== undefined, 'a model has decided');
  return ok({ granted: own.granted, undecided: own.undecided, state, model: active.prepared.model });
}

function findAnybodys(
  postern: Postern,
  asker: Viewer,
  input: HeldPermissionsInput,
  consistency: Consistency,
): Promise<Result<Held, Refusal>> {
  const { store, platform } = postern;
  const { subject, object } = input;
  return readAs(postern, asker, { what: 'Listing permissions' }, async (audited) => {
    const about = objectsOf({ checks: [{ subject, object }], contextual: [] });
    const named = [...objectsToAuthorize(asker, platform), ...about];
    return withFreshSnapshot(postern, store.reader, named, { consistency }, async (snapshot) => {
      const entitled = await authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
      if (!entitled.ok) return entitled;
      const checks = checksOfAll(snapshot.prepared.model, asker, input);
      if (!checks.ok) return checks;
      const asked = askAs(asker, checks.value);
      const answer = await checkInParts(snapshot, { checks: asked.checks, contextual: [] });
      const { decisions, reads } = asked.judge(answer);
      for (const read of reads) audited.note(read);
      return ok(collect(snapshot, checks.value, decisions));
    });
  });
}

function checksOfAll(
  model: Model,
  actor: Viewer,
  { subject, object, context: sent, wording }: HeldPermissionsInput,
): Result<readonly Check[], Refusal> {
  const type = findType(model, object.type);
  if (!type.ok) return failed({ kind: 'undecided', problem: type.problem });
  const judged = judgeContextOf({ model, actor, subject, sent, wording });
  if (!judged.ok) return judged;
  return ok(permissionsOf(type.value).map(({ name }) => ({ subject, relation: name, object, ...judged.value })));
}

function collect(
  { identity, revision, mark, ageMs, prepared }: StoreSnapshot,
  checks: readonly Check[],
  decisions: readonly Decision[],
): Held {
  const granted: string[] = [];
  const undecided: { permission: string; error: Problem }[] = [];
  for (const [{ relation }, decision] of zip(checks, decisions)) {
    if (decision.kind === 'allowed') granted.push(relation);
    if (decision.kind === 'undecided') undecided.push({ permission: relation, error: decision.problem });
  }
  return { granted, undecided, state: { identity, revision, mark, ageMs }, model: prepared.model };
}

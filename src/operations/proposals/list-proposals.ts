import { failed, ok, type Result } from '../../base/result.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { ReadState } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { ProposalFilter, StoredProposal } from '../../store/stored-proposal.ts';
import { formatActor, formatAsker, type Viewer } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, numberPlace } from '../cursors.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { findStoredType } from '../stored-names.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import { DecidingRights, objectsOf } from './authorize-deciding.ts';
import { isMadeBy, type Proposal, proposalOf } from './proposal.ts';

/** Which proposals, of those that the viewer has made or could decide on; every field that is given must match. */
export interface ProposalsQuestion {
  readonly object: ObjectRef | undefined;
  /** Those that the viewer has made. */
  readonly mine: boolean;
  /** Those that are open, and that somebody else has made. */
  readonly toDecide: boolean;
}

/** A page of proposals, the newest first. It may have fewer than were asked for, or none, and not be the last one. */
export interface ProposalsPage {
  readonly proposals: readonly { readonly proposal: Proposal; readonly cursor: string }[];
  readonly hasMore: boolean;
  readonly endCursor: string | undefined;
  readonly token: ConsistencyToken;
}

/** Proposals that are read at once, and for one page: what is nothing for the viewer is looked at as well. */
const proposalsPerRead = 25;
const mostRead = 500;

export async function listProposals(
  postern: Postern,
  viewer: Viewer,
  question: ProposalsQuestion,
  page: PageRequest,
): Promise<Result<ProposalsPage, Refusal>> {
  if (question.mine && question.toDecide) return failed(invalid('INVALID_INPUT', nothing, ['toDecide']));
  const { store, platform } = postern;
  const own = formatActor(viewer);
  const object = question.object && formatObjectRef(question.object);
  const asked = { object: object ?? null, mine: question.mine, toDecide: question.toDecide };
  const filter = { object, proposer: question.mine ? own : undefined, openNotBy: question.toDecide ? own : undefined };
  return readAs(postern, viewer, { what: 'Listing proposals' }, async (audited) => {
    const cursors = await cursorsOf(postern, ['proposals', formatAsker(viewer), asked], numberPlace);
    const start = cursors.read(page);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const objects = [...objectsToAuthorize(viewer, platform), ...(question.object ? [question.object] : [])];
    return withFreshState<ProposalsPage>(store, objects, { consistency }, async (snapshot, state) => {
      const rights = new DecidingRights(postern, audited, snapshot);
      const maySee = async (some: readonly StoredProposal[]) => {
        const others = some.filter((one) => !isMadeBy(viewer, one)).map(proposalOf);
        await snapshot.resolve(others.flatMap(objectsOf));
        await rights.prepare(others);
        return async (one: StoredProposal) =>
          isMadeBy(viewer, one) || (!question.mine && (await rights.mayDecide(proposalOf(one))).ok);
      };
      const { shown, last, hasMore } = await collect(state, filter, { first: page.first, place, maySee });
      if (shown.length === 0 && question.object !== undefined) {
        const known = await explainNone(postern, snapshot, audited, question.object);
        if (!known.ok) return known;
      }
      const cursorOf = cursors.in(snapshot);
      return ok({
        proposals: shown.map((one) => ({ proposal: proposalOf(one), cursor: cursorOf(one.id) })),
        hasMore,
        endCursor: last === undefined ? undefined : cursorOf(last),
        token: tokenOf(snapshot),
      });
    });
  });
}

/** A type that no model had is misspelt, and so is an object that nothing names, for those who may know what there is. */
async function explainNone(
  postern: Postern,
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  object: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const type = findStoredType(snapshot, object.type);
  if (!type.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(type.problem, ['object'])] });
  await noticeUnnamed(postern, snapshot, audited, [object]);
  return ok(undefined);
}

const nothing = 'Nobody decides on their own proposals: ask for those that are "mine", or for those "toDecide".';

interface Collecting {
  readonly first: number;
  readonly place: number | undefined;
  /** Who may see what, of proposals that are asked about together. */
  readonly maySee: (some: readonly StoredProposal[]) => Promise<(one: StoredProposal) => Promise<boolean>>;
}

async function collect(state: ReadState, filter: ProposalFilter, { first, place, maySee }: Collecting) {
  const shown: StoredProposal[] = [];
  let last = place;
  for (let read = 0; read < mostRead; read += proposalsPerRead) {
    const found = await state.readProposals(filter, proposalsPerRead, last);
    const isSeen = await maySee(found);
    for (const one of found) {
      if (shown.length === first) return { shown, last, hasMore: true };
      last = one.id;
      if (await isSeen(one)) shown.push(one);
    }
    if (found.length < proposalsPerRead) return { shown, last, hasMore: false };
  }
  return { shown, last, hasMore: true };
}

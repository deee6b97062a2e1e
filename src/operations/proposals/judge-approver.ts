import { quote } from '../../base/text-problem.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { formatActor, type Viewer } from '../actor.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { changeOf, type Proposal } from './proposal.ts';

/** How long ago whoever approves has logged in, at most, where the class of the token asks for it. */
export const longestLoginMs = 15 * 60 * 1000;
/** Clocks of issuers differ from the database's by no more. */
const clockToleranceMs = 60 * 1000;

/** Why nobody decides with such a token, whatever the proposal: somebody acts for its holder. */
export function refuseDeciding({ delegate }: Viewer): Refusal | undefined {
  if (delegate === undefined) return undefined;
  const message =
    'Nobody who acts for somebody else decides on a proposal. Next: decide on it with a token of your own.';
  return invalid('DELEGATE_NOT_ALLOWED', message, ['input', 'id']);
}

/** The same for an approval: tokens of some classes are for what is done a thousand times, and not for deciding. */
export function refuseByClass(viewer: Viewer): Refusal | undefined {
  const refused = refuseDeciding(viewer);
  if (refused !== undefined || viewer.approval !== undefined) return refused;
  const message =
    'Tokens of this class approve nothing: "mayApprove" in POSTERN_TOKEN_CLASSES. Next: use one that may.';
  return invalid('APPROVAL_NOT_ALLOWED', message, ['input', 'id']);
}

/** Why the holder of the token has to log in again before approving; without an approval that is asked of nobody. */
export function refuseLogin({ approval }: Viewer, now: Date): Refusal | undefined {
  if (approval?.kind !== 'recent login' || isRecent(approval.loggedInAt, now)) return undefined;
  const message =
    'Whoever approves must have logged in within the last 15 minutes, by the claim "auth_time". Next: log in again.';
  return invalid('LOGIN_TOO_OLD', message, ['input', 'id']);
}

/** A time that is none is no login. */
function isRecent(loggedInAt: Date | undefined, now: Date): boolean {
  const age = now.getTime() - (loggedInAt?.getTime() ?? Number.NaN);
  return age >= -clockToleranceMs && age <= longestLoginMs;
}

/**
 * Why this person is not the second one: whoever proposed it, whoever acted for them, by whatever name the token gave, and whoever
 * would be given something by it.
 */
export function refuseSelfApproval(viewer: Viewer, proposal: Proposal): Refusal | undefined {
  const own = formatActor(viewer);
  const { writes, deletes } = changeOf(proposal);
  if (proposal.proposer === own) return selfApproval('whoever proposed a change does not approve it');
  if (isNamed(viewer, proposal.delegate)) return selfApproval('whoever has acted for the proposer does not approve it');
  if ([...deletes, ...writes].some(({ subject }) => formatSubjectRef(subject) === own)) {
    return selfApproval(`the change is about ${quote(own)} itself`);
  }
  return undefined;
}

/** The claim `act` names whoever acts with a type or without: every subject of that name may be the same person. */
function isNamed({ subject }: Viewer, delegate: string | null): boolean {
  if (delegate === null || subject.kind !== 'object') return false;
  return formatSubjectRef(subject) === delegate || subject.object.id === delegate;
}

function selfApproval(why: string): Refusal {
  return invalid('SELF_APPROVAL', `Somebody else has to approve this: ${why}.`, ['input', 'id']);
}

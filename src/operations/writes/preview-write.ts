import { failed, ok, type Result } from '../../base/result.ts';
import { tokenOf } from '../../model/consistency-token.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { Trial } from '../../store/trial/trial.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor, BreakGlassRead } from '../audited-actor.ts';
import { recordBreakGlassReads } from '../break-glass.ts';
import { refuseDelegate } from '../delegate-access.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { recordDenied } from '../record-denied.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { previewAccess } from './access-preview.ts';
import { constrainWrite } from './constrain-write.ts';
import type { PreviewableOutput, PreviewableRequest, RelationshipWork } from './previewable-write.ts';
import { keyProblem, refuseRecorded } from './run-write.ts';

/**
 * What a write would come to at this moment, and what it would mean for whom: see `previewAccess`. Nothing is changed, and no write
 * waits for it.
 *
 * It is tried on a snapshot, with the same right, the same checks and the same declarations. It leaves no event of a change and no
 * outcome under its idempotency key, and repeats none. The log has of it what it has of an attempt at the write: that it was refused for
 * want of the right, and what the actor could by break-glass.
 */
export function previewWrite<Outcome>(
  postern: Postern,
  actor: Actor,
  request: PreviewableRequest,
  write: RelationshipWork<Outcome>,
): Promise<Result<PreviewableOutput<Outcome>, Refusal>> {
  return orUnavailable(postern, 'Previewing a write', async () => {
    const wrongKey = keyProblem(request);
    if (wrongKey !== undefined) return failed(wrongKey);
    const notForAgents = refuseDelegate(actor, request.action);
    if (notForAgents !== undefined) return refuseRecorded(postern, actor, request, notForAgents);
    const reads: BreakGlassRead[] = [];
    const audited = { actor, note: (read: BreakGlassRead) => void reads.push(read) };
    const options = { history: true };
    const previewed = await withFreshSnapshot(postern, postern.store.reader, [], options, (snapshot) =>
      tryWrite(postern, audited, snapshot, request, write),
    );
    // What is invalid may still tell what is stored.
    if (previewed.ok || previewed.problem.kind === 'invalid') await recordBreakGlassReads(postern, actor, reads);
    else if (previewed.problem.kind === 'forbidden') await recordDenied(postern, actor, request);
    return previewed;
  });
}

async function tryWrite<Outcome>(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  { entitle, fieldOf }: PreviewableRequest,
  write: RelationshipWork<Outcome>,
): Promise<Result<PreviewableOutput<Outcome>, Refusal>> {
  const trial = new Trial(snapshot, constrainWrite(audited.actor, fieldOf));
  const entitled = await entitle((objects) => trial.openSnapshot(objects), audited);
  if (!entitled.ok) return entitled;
  const result = await write({ transaction: trial, record: async () => {} }, entitled.value);
  if (!result.ok) return result;
  const problem = await trial.findProblem();
  if (problem !== undefined) return failed(problem);
  const preview = await previewAccess(postern, audited, snapshot, trial);
  return preview.ok ? ok({ outcome: result.value, token: tokenOf(snapshot), preview: preview.value }) : preview;
}

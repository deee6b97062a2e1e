import { ok, type Result } from '../../base/result.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import type { Refusal } from '../refusal.ts';
import type { OpenSnapshot } from '../writes/run-write.ts';

/** Before there is a first model nobody holds any permission: only the console can publish it. */
export async function authorizeModelWrite(
  open: OpenSnapshot,
  audited: AuditedActor,
  platform: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const { actor } = audited;
  if (actor.kind === 'console') return ok(undefined);
  const snapshot = await open(objectsToAuthorize(actor, platform));
  return authorizeRead(snapshot, audited, 'can_publish_model', platform);
}

import { ok, type Result } from '../base/result.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Actor } from './actor.ts';
import { authorize, objectsToAuthorize } from './authorize.ts';
import type { Refusal } from './refusal.ts';
import type { OpenSnapshot } from './run-write.ts';

/** Before there is a first model nobody holds any permission: only the console can publish it. */
export async function authorizeModelWrite(
  open: OpenSnapshot,
  actor: Actor,
  platform: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  if (actor.kind === 'console') return ok(undefined);
  const snapshot = await open(objectsToAuthorize(actor, platform));
  return authorize(snapshot, actor, 'can_publish_model', platform);
}

import { setTimeout as pause } from 'node:timers/promises';
import { canonicalJson } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Viewer } from './actor.ts';
import { listViewerPermissions, type ViewerPermissions, type ViewerState } from './list-viewer-permissions.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';
import { recheckMs } from './watch-relationship-changes.ts';

/** The shortest time between two evaluations: what is written meanwhile is seen by one of them. */
const coalesceMs = 200;

/**
 * The permissions of the viewer on the objects: now, and again whenever they differ from what was said last; a refusal is
 * the last event.
 *
 * Evaluated after every write, and every few seconds besides, because grants expire and conditions look at the clock.
 */
export async function* watchViewerPermissions(
  postern: Postern,
  viewer: Viewer,
  objects: readonly ObjectRef[],
  signal: AbortSignal,
): AsyncGenerator<Result<readonly ViewerPermissions[], Refusal>, void, undefined> {
  const { changes } = postern.store;
  let known: string | undefined;
  let knownState: string | undefined;
  // The same right by break-glass is news for the log, though not for the viewer.
  const isNews = (state: ViewerState) => {
    const before = knownState;
    knownState = canonicalJson(state);
    return before !== knownState;
  };
  while (!signal.aborted) {
    const seen = changes.wakeUps;
    const permissions = await listViewerPermissions(postern, viewer, objects, isNews);
    if (!permissions.ok) return yield failed({ kind: 'undecided', problem: permissions.problem });
    const said = canonicalJson(permissions.value);
    if (said !== known) yield ok(permissions.value);
    known = said;
    await pause(coalesceMs, undefined, { signal }).catch(() => undefined);
    await changes.next(seen, recheckMs - coalesceMs, signal);
  }
}

import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { findType } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { type AccessChange, changeProblem } from './access-change.ts';
import { authorizeSimulation, distinct } from './authorize-simulation.ts';
import { type ChangeEffect, effectOf } from './change-effect.ts';
import { describeSimulation } from './describe-simulation.ts';
import { findReachedPermissions, widenToReached } from './reached-objects.ts';
import { findSimulationScope } from './simulation-scope.ts';
import { tryChange } from './try-change.ts';

export interface SimulationInput {
  readonly change: AccessChange;
  /** What it means is looked for on this object and what belongs to it as well: an organization, where the change is about a team. */
  readonly within: ObjectRef | undefined;
  readonly consistency?: Consistency | undefined;
}

/** What a change would mean, on one state. */
export interface Simulation extends ChangeEffect {
  readonly token: ConsistencyToken;
  /** The same in sentences. */
  readonly text: string;
}

/**
 * What a change would mean that nobody makes: who would be allowed what, who could give what they could not, and who would have two
 * permissions together that nobody should. It is tried on a snapshot; no write waits for it, and nothing is written.
 *
 * It is for those who may review what the change is about, whether they could make it or not: see `authorizeSimulation`. Whoever makes it
 * later is asked for the right to then.
 */
export async function simulateChange(
  postern: Postern,
  actor: Actor,
  { change, within, consistency }: SimulationInput,
): Promise<Result<Simulation, Refusal>> {
  const refused = changeProblem(change);
  if (refused !== undefined) return failed(refused);
  const all = [...change.deletes, ...change.writes];
  const objects = distinct([...(within ? [within] : []), ...all.map(({ object }) => object)]);
  const wanted = objects.map((object) => ({ object: formatObjectRef(object) }));
  const request = { what: 'Simulating a change', attempt: { action: 'reviewAccess' as const, wanted } };
  return readAs(postern, actor, request, async (audited) => {
    const subjects = all.flatMap(({ subject }) => objectIn(subject) ?? []);
    const named = [...objectsToAuthorize(actor, postern.platform), ...objects, ...subjects];
    const options = { consistency, history: true };
    return withFreshSnapshot<Simulation>(postern, postern.store.reader, named, options, (snapshot) =>
      simulate(postern, audited, snapshot, change, within),
    );
  });
}

async function simulate(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  change: AccessChange,
  within: ObjectRef | undefined,
): Promise<Result<Simulation, Refusal>> {
  if (within !== undefined) {
    const entitled = await authorizeReview(snapshot, audited, within, postern.platform);
    if (!entitled.ok) return entitled;
    const type = findType(snapshot.prepared.model, within.type);
    if (!type.ok) return failed({ kind: 'undecided', problem: type.problem });
  }
  const roots = distinct([...change.deletes, ...change.writes].map(({ object }) => object));
  const scope = await findSimulationScope(snapshot, within, roots);
  const entitled = await authorizeSimulation(postern, audited, snapshot, change, scope.isWithin);
  if (!entitled.ok) return entitled;
  await noticeUnnamed(postern, snapshot, audited, [within, ...roots]);
  const tried = await tryChange(postern, snapshot, change);
  if (!tried.ok) return tried;
  const reached = await findReachedPermissions(tried.value);
  const wide = await widenToReached(postern, audited, snapshot, tried.value.states, scope, reached);
  const effect = await effectOf(postern, tried.value, wide, reached);
  return ok({ ...effect, token: tokenOf(snapshot), text: describeSimulation(effect) });
}

import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { type Actor, formatAsker } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { type Cursors, cursorsOf, namePlace } from '../cursors.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { type GrantOutcome, grantOutcomeOf, recordOf } from '../relationship-record.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { type Idempotency, type OpenSnapshot, runWrite, type WriteOutput } from '../writes/run-write.ts';
import { inOrder } from './find-holdings.ts';
import { findNamed } from './find-named.ts';
import { findNaming, maxNaming, type NamingRelationships } from './find-naming.ts';
import { findOrphaned, type OrphanedRole } from './find-orphaned.ts';

export interface RetireObjectInput {
  readonly object: ObjectRef;
  /** Says what would happen, and does nothing. */
  readonly dryRun: boolean;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** What was removed with an object, or would be. All lists are complete and in a stable order. */
export interface RetirementOutcome {
  readonly object: string;
  readonly dryRun: boolean;
  /** What was written on the object. */
  readonly own: readonly GrantOutcome[];
  /** What was written on others for the object, or for subject sets that are rooted in it. */
  readonly elsewhere: readonly GrantOutcome[];
  /** Others that would be left without the permanent holder that they must keep; of a preview only. */
  readonly orphaned: readonly OrphanedRole[];
}

/**
 * Removes everything that names an object, as far as the actor may: see `findNaming`. All or nothing. What the object itself must keep
 * goes with it; what others must keep stays.
 */
export async function retireObject(
  postern: Postern,
  actor: Actor,
  input: RetireObjectInput,
): Promise<Result<WriteOutput<RetirementOutcome>, Refusal>> {
  const { object, dryRun } = input;
  if (isSameObject(object, postern.platform)) {
    const message = `${quote(formatObjectRef(object))} is the platform itself, which is not retired.`;
    return failed(invalid('INVALID_INPUT', message, ['input', 'object']));
  }
  return dryRun ? preview(postern, actor, object) : execute(postern, actor, input);
}

/** The cursors of one of the lists: bound to who asks, and to this very question. */
export function retirementCursors(
  postern: Postern,
  actor: Actor,
  { object, dryRun }: RetirementOutcome,
  list: string,
): Promise<Cursors<string>> {
  return cursorsOf(postern, [formatAsker(actor), 'retireObject', object, dryRun, list], namePlace);
}

function execute(
  postern: Postern,
  actor: Actor,
  { object, reason, idempotency }: RetireObjectInput,
): Promise<Result<WriteOutput<RetirementOutcome>, Refusal>> {
  const named = [...objectsToAuthorize(actor, postern.platform), object];
  const entitle = async (open: OpenSnapshot, audited: AuditedActor) => {
    const snapshot = await open(named);
    const naming = await findNaming(postern, audited, snapshot, object);
    const known = naming.ok ? await findNamed(snapshot, object, 'object') : naming;
    return known.ok ? naming : known;
  };
  const request = {
    action: 'retireObject' as const,
    wanted: [{ object: formatObjectRef(object) }],
    ...{ reason, idempotency, entitle, checks: maxNaming, retired: object },
    fieldOf: () => ['input', 'object'],
  };
  return runWrite<RetirementOutcome, NamingRelationships>(
    postern,
    actor,
    request,
    async ({ transaction, record }, { own, elsewhere }) => {
      const deleted = inOrder(await transaction.relationships.delete([...own, ...elsewhere]));
      if (deleted.length > 0) await record(deleted.map(recordOf), []);
      const isOwn = (one: (typeof deleted)[number]) => isSameObject(one.object, object);
      return ok({
        ...{ object: formatObjectRef(object), dryRun: false, orphaned: [] },
        own: deleted.filter(isOwn).map(grantOutcomeOf),
        elsewhere: deleted.filter((one) => !isOwn(one)).map(grantOutcomeOf),
      });
    },
  );
}

function preview(
  postern: Postern,
  actor: Actor,
  object: ObjectRef,
): Promise<Result<WriteOutput<RetirementOutcome>, Refusal>> {
  const named = [...objectsToAuthorize(actor, postern.platform), object];
  const attempt = { action: 'retireObject' as const, wanted: [{ object: formatObjectRef(object) }] };
  return readAs(postern, actor, { what: 'Previewing a retirement', attempt }, (audited) =>
    withFreshSnapshot(postern, postern.store.reader, named, { history: true }, async (snapshot) => {
      const naming = await findNaming(postern, audited, snapshot, object);
      if (!naming.ok) return naming;
      const known = await findNamed(snapshot, object, 'object');
      if (!known.ok) return known;
      const { own, elsewhere } = naming.value;
      const orphaned = await findOrphaned(snapshot, object, elsewhere);
      const lists = { own: own.map(grantOutcomeOf), elsewhere: elsewhere.map(grantOutcomeOf), orphaned };
      return ok({ outcome: { object: formatObjectRef(object), dryRun: true, ...lists }, token: tokenOf(snapshot) });
    }),
  );
}

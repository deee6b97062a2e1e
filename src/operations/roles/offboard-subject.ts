import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
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
import { findHoldings, inOrder, maxHoldings, type RevocableHoldings } from './find-holdings.ts';
import { findNamed } from './find-named.ts';
import { findOrphaned, type OrphanedRole } from './find-orphaned.ts';
import { findSetHoldings } from './find-set-holdings.ts';

export interface OffboardSubjectInput {
  readonly subject: SubjectRef;
  /** Says what would happen, and does nothing. */
  readonly dryRun: boolean;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** What was taken from a subject, or would be. All lists are complete and in a stable order. */
export interface OffboardingOutcome {
  readonly subject: string;
  readonly dryRun: boolean;
  readonly direct: readonly GrantOutcome[];
  /** What the subject holds through sets that it is a member of; of a preview only. */
  readonly throughSets: readonly GrantOutcome[];
  /** Whether `throughSets` may lack something. */
  readonly isCut: boolean;
  /** Objects that would be left without the permanent holder that they must keep; of a preview only. */
  readonly orphaned: readonly OrphanedRole[];
}

/** Takes from a subject everything that it holds directly, as far as the actor may: see `findHoldings`. All or nothing. */
export async function offboardSubject(
  postern: Postern,
  actor: Actor,
  input: OffboardSubjectInput,
): Promise<Result<WriteOutput<OffboardingOutcome>, Refusal>> {
  if (input.subject.kind !== 'object') {
    const message = `${quote(formatSubjectRef(input.subject))} is not a single subject, which alone can be off-boarded.`;
    return failed(invalid('INVALID_INPUT', message, ['input', 'subject']));
  }
  const { object } = input.subject;
  return input.dryRun ? preview(postern, actor, object) : execute(postern, actor, object, input);
}

/** The cursors of one of the lists: bound to who asks, and to this very question. */
export function offboardingCursors(
  postern: Postern,
  actor: Actor,
  { subject, dryRun }: OffboardingOutcome,
  list: string,
): Promise<Cursors<string>> {
  return cursorsOf(postern, [formatAsker(actor), 'offboardSubject', subject, dryRun, list], namePlace);
}

function execute(
  postern: Postern,
  actor: Actor,
  subject: ObjectRef,
  { reason, idempotency }: OffboardSubjectInput,
): Promise<Result<WriteOutput<OffboardingOutcome>, Refusal>> {
  const named = [...objectsToAuthorize(actor, postern.platform), subject];
  const wanted = [{ subject: formatObjectRef(subject) }];
  const fieldOf = () => ['input', 'subject'];
  const entitle = async (open: OpenSnapshot, audited: AuditedActor) => {
    const snapshot = await open(named);
    const holdings = await findHoldings(postern, audited, snapshot, subject);
    const known = holdings.ok ? await findNamed(snapshot, subject, 'subject') : holdings;
    return known.ok ? holdings : known;
  };
  const request = {
    action: 'offboardSubject' as const,
    wanted,
    reason,
    idempotency,
    fieldOf,
    entitle,
    checks: maxHoldings,
  };
  return runWrite<OffboardingOutcome, RevocableHoldings>(
    postern,
    actor,
    request,
    async ({ transaction, record }, { direct }) => {
      const deleted = inOrder(await transaction.relationships.delete(direct));
      if (deleted.length > 0) await record(deleted.map(recordOf), []);
      const nothing = { throughSets: [], isCut: false, orphaned: [] };
      return ok({ subject: formatObjectRef(subject), dryRun: false, direct: deleted.map(grantOutcomeOf), ...nothing });
    },
  );
}

function preview(
  postern: Postern,
  actor: Actor,
  subject: ObjectRef,
): Promise<Result<WriteOutput<OffboardingOutcome>, Refusal>> {
  const named = [...objectsToAuthorize(actor, postern.platform), subject];
  const attempt = { action: 'offboardSubject' as const, wanted: [{ subject: formatObjectRef(subject) }] };
  return readAs(postern, actor, { what: 'Previewing an off-boarding', attempt }, (audited) =>
    withFreshSnapshot(postern, postern.store.reader, named, { history: true }, async (snapshot) => {
      const holdings = await findHoldings(postern, audited, snapshot, subject);
      if (!holdings.ok) return holdings;
      const known = await findNamed(snapshot, subject, 'subject');
      if (!known.ok) return known;
      const { direct, revocableOf } = holdings.value;
      const held = await findSetHoldings(snapshot, subject);
      const revocable = await revocableOf(held.relationships);
      const throughSets = inOrder(revocable.relationships).map(grantOutcomeOf);
      const isCut = held.isCut || revocable.isCut;
      const orphaned = await findOrphaned(snapshot, subject, direct);
      const lists = { direct: direct.map(grantOutcomeOf), throughSets, isCut, orphaned };
      const outcome = { subject: formatObjectRef(subject), dryRun: true, ...lists };
      return ok({ outcome, token: tokenOf(snapshot) });
    }),
  );
}

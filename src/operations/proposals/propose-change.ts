import { failed, ok, type Result } from '../../base/result.ts';
import { formatConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { limits } from '../../model/limits.ts';
import { type Audience, findRelation } from '../../model/model.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { NewProposal } from '../../store/stored-proposal.ts';
import type { WriteTransaction } from '../../store/write-transaction.ts';
import { formatActor, type Viewer } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { auditRecordOf } from '../record-denied.ts';
import { type InputError, inputErrorOf, invalid, type Refusal, refusedModel } from '../refusal.ts';
import { recordOf } from '../relationship-record.ts';
import { checkExpiry } from '../roles/grant-role.ts';
import { explainTo } from '../roles/open-role-snapshot.ts';
import { findStoredSubject } from '../stored-names.ts';
import { type Entitle, runWrite, type WriteOutput } from '../writes/run-write.ts';
import { objectsOf } from './authorize-deciding.ts';
import { authorizeProposing } from './authorize-proposing.ts';
import { findTouched } from './find-touched.ts';
import { type Proposal, proposalOf, recordsOfProposal } from './proposal.ts';
import { type ProposalContent, type ProposedModel, sealContent } from './proposal-content.ts';
import { proposalProblem } from './proposal-problem.ts';
import type { ProposeChangeInput } from './propose-change-input.ts';

/** Most time that there is to decide on a proposal. */
export const longestProposalMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Keeps a change for others to decide on. It gives nobody anything: who may propose is who may see what it is about
 * (`authorizeProposing`), and what it needs the right to is asked of whoever approves it. It is never changed; a correction is another.
 */
export async function proposeChange(
  postern: Postern,
  viewer: Viewer,
  input: ProposeChangeInput,
): Promise<Result<WriteOutput<Proposal>, Refusal>> {
  const refused = proposalProblem(input);
  if (refused !== undefined) return failed(refused);
  const { model, idempotency } = input;
  const wanted = model === undefined ? [...input.deletes, ...input.writes].map(recordOf) : [];
  const request = {
    ...{ action: 'proposeChange' as const, wanted, reason: input.reason, idempotency },
    entitle: entitleProposing(postern, viewer, input),
    checks: input.writes.length + input.deletes.length + input.preconditions.length,
    ...(model && { prepare: () => readModel(postern, model) }),
  };
  return runWrite<Proposal, StoreSnapshot>(postern, viewer, request, async ({ transaction, record }, snapshot) => {
    const made = await proposalFrom(transaction, snapshot, viewer, input);
    if (!made.ok) return made;
    const stored = await transaction.proposals.add(made.value);
    await record([], recordsOfProposal(stored));
    return ok(proposalOf(stored));
  });
}

function entitleProposing(postern: Postern, viewer: Viewer, input: ProposeChangeInput): Entitle<StoreSnapshot> {
  const { writes, deletes, preconditions, model } = input;
  const changes = [...deletes, ...writes];
  const conditions = preconditions.map(({ relationship }) => relationship);
  const named = [...changes, ...conditions].flatMap(({ object, subject }) => [object, objectIn(subject) ?? []].flat());
  return async (open, audited) => {
    const snapshot = await open([...objectsToAuthorize(viewer, postern.platform), ...named]);
    if (model !== undefined) {
      const reader = await authorizeRead(snapshot, audited, 'can_read_model', postern.platform);
      if (!reader.ok) return reader;
    }
    const invalidInput = await findWrong(viewer, snapshot, input);
    if (invalidInput !== undefined) return failed(invalidInput);
    const entitled = await authorizeProposing(postern, audited, viewer, snapshot, {
      changes,
      preconditions: conditions,
    });
    if (!entitled.ok) return entitled;
    const misspelt = findMisspelt(postern, snapshot, input);
    if (misspelt !== undefined) return failed(misspelt);
    await noticeUnnamed(postern, snapshot, audited, named);
    return ok(snapshot);
  };
}

/** Subjects that no model could have written: they are looked for, not written. */
function findMisspelt(
  postern: Postern,
  snapshot: StoreSnapshot,
  { deletes, preconditions }: ProposeChangeInput,
): Refusal | undefined {
  const errors = lookedFor({ deletes, preconditions }).flatMap(([list, index, { subject }]) => {
    const known = findStoredSubject(postern, snapshot, subject);
    return known.ok ? [] : [inputErrorOf(known.problem, ['input', list, String(index)])];
  });
  return errors.length === 0 ? undefined : { kind: 'invalid', errors };
}

function lookedFor({ deletes, preconditions }: Pick<ProposeChangeInput, 'deletes' | 'preconditions'>) {
  return [
    ...deletes.map((one, index) => ['deletes', index, one] as const),
    ...preconditions.map(({ relationship }, index) => ['preconditions', index, relationship] as const),
  ];
}

/** What the model does not know or let be written. Names of roles are for those who give some role of the object. */
async function findWrong(
  viewer: Viewer,
  snapshot: StoreSnapshot,
  input: ProposeChangeInput,
): Promise<Refusal | undefined> {
  const errors: InputError[] = [];
  for (const [index, one] of input.writes.entries()) errors.push(...(await wrongWrite(viewer, snapshot, one, index)));
  for (const [list, index, { object, relation }] of lookedFor(input)) {
    const find = (audience: Audience) => findRelation(snapshot.prepared.model, object.type, relation, audience);
    const known = await explainTo(snapshot, viewer, object, find);
    if (!known.ok) errors.push(inputErrorOf(known.problem, ['input', list, String(index)]));
  }
  const lasting = findEnd(snapshot, input.expiresAt);
  if (!lasting.ok && lasting.problem.kind === 'invalid') errors.push(...lasting.problem.errors);
  return errors.length === 0 ? undefined : { kind: 'invalid', errors };
}

async function wrongWrite(
  viewer: Viewer,
  snapshot: StoreSnapshot,
  one: Relationship,
  index: number,
): Promise<readonly InputError[]> {
  const field = ['input', 'writes', String(index)];
  const validate = (audience: Audience) => validateRelationship(snapshot.prepared.model, one, audience);
  const valid = await explainTo(snapshot, viewer, one.object, validate);
  if (!valid.ok) return [inputErrorOf(valid.problem, field)];
  const lasting = checkExpiry(one, snapshot.now);
  if (lasting.ok || lasting.problem.kind !== 'invalid') return [];
  return lasting.problem.errors.map((error) => ({ ...error, field: [...field, 'expiresAt'] }));
}

/** Until when somebody may decide on it. */
function findEnd({ now }: Pick<StoreSnapshot, 'now'>, expiresAt: Date | undefined): Result<Date, Refusal> {
  const latest = new Date(now.getTime() + longestProposalMs);
  if (expiresAt === undefined || (expiresAt > now && expiresAt <= latest)) return ok(expiresAt ?? latest);
  const message =
    expiresAt > now
      ? 'A proposal is open for at most 7 days. Next: give an earlier time, or leave it out.'
      : 'The proposal would have expired already. Next: give a time to come, or leave it out.';
  return failed(invalid('INVALID_INPUT', message, ['input', 'expiresAt']));
}

async function readModel({ store }: Postern, { source }: ProposedModel): Promise<Result<undefined, Refusal>> {
  const parsed = await store.parser.parse(source, 'publish');
  return parsed.ok ? ok(undefined) : failed(refusedModel(parsed.problem, ['input', 'model']));
}

async function proposalFrom(
  transaction: WriteTransaction,
  snapshot: StoreSnapshot,
  viewer: Viewer,
  input: ProposeChangeInput,
): Promise<Result<NewProposal, Refusal>> {
  const proposer = formatActor(viewer);
  const { most } = limits.openProposals;
  if ((await transaction.proposals.countOpen(proposer)) >= most)
    return failed(invalid('TOO_MANY_PROPOSALS', tooMany, ['input']));
  const expiresAt = findEnd(snapshot, input.expiresAt);
  if (!expiresAt.ok) return expiresAt;
  const content = contentOf(snapshot, viewer, input, expiresAt.value);
  const objects = objectsOf(content);
  const found = await findTouched(transaction, snapshot, objects);
  if (!found.ok) return found;
  return ok({
    ...sealContent(content),
    ...{ found: found.value, objects: objects.map(formatObjectRef), proposer, delegate: content.delegate ?? undefined },
    expiresAt: expiresAt.value,
  });
}

function contentOf(
  snapshot: StoreSnapshot,
  viewer: Viewer,
  { writes, deletes, model, preconditions, reason, evidence }: ProposeChangeInput,
  expiresAt: Date,
): ProposalContent {
  const { actor: proposer, delegate } = auditRecordOf(viewer, { action: 'proposeChange', reason });
  return {
    basedOn: formatConsistencyToken(tokenOf(snapshot)),
    ...{ writes: writes.map(recordOf), deletes: deletes.map(recordOf), model: model ?? null },
    preconditions: preconditions.map(({ exists, relationship }) => ({ exists, relationship: recordOf(relationship) })),
    ...{ reason, evidence, proposer, delegate: delegate ?? null, expiresAt: expiresAt.toISOString() },
  };
}

const tooMany = `You have ${limits.openProposals.most} open proposals. Next: withdraw one, or wait for a decision.`;

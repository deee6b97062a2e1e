import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote, textProblem } from '../../base/text-problem.ts';
import { type ConsistencyToken, type Position, tokenOf } from '../../model/consistency-token.ts';
import { limits } from '../../model/limits.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { WriteSize } from '../../store/store-writer.ts';
import type { RelationshipTransaction, WriteTransaction } from '../../store/write-transaction.ts';
import { type Actor, formatAsker } from '../actor.ts';
import type { AuditedActor, BreakGlassRead } from '../audited-actor.ts';
import { recordBreakGlassReads } from '../break-glass.ts';
import { refuseDelegate } from '../delegate-access.ts';
import { orUnavailable, orUnconfirmed } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { type Attempt, auditRecordOf, recordDenied } from '../record-denied.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { constrainWrite } from './constrain-write.ts';
import type { FieldOf } from './field-of.ts';

/** How a caller makes a repeated request safe. */
export interface Idempotency {
  readonly key: string;
  /** The name of the operation and its whole input: the same key with other input is refused. */
  readonly request: unknown;
}

export interface WriteOutput<Outcome> {
  readonly outcome: Outcome;
  readonly token: ConsistencyToken;
}

/** Opens a state that knows these objects: that of the write, or one before it. */
export type OpenSnapshot = (objects: readonly ObjectRef[]) => Promise<StoreSnapshot>;

/** The same for whoever only decides in it. */
export type OpenDeciding = (objects: readonly ObjectRef[]) => Promise<DecidingSnapshot>;

/** Asks for the right; the audited actor is told what of it is by break-glass. */
export type Entitle<Entitled> = (open: OpenSnapshot, audited: AuditedActor) => Promise<Result<Entitled, Refusal>>;

/** What an operation says about itself before it runs. */
export interface WriteRequest<Entitled> extends Attempt {
  readonly idempotency: Idempotency | undefined;
  /**
   * Whether the actor has the right, and what the write needs of the state in which it has. It is asked before the write as
   * well, so that nobody without the right makes other writes wait; what it says then counts only when it is a refusal.
   */
  readonly entitle: Entitle<Entitled>;
  /** How many checks that takes, where it is not only a few. */
  readonly checks?: number;
  /** What takes a while and needs no turn: done for actors with the right, before the write, and not for a repetition. */
  readonly prepare?: () => Promise<Result<undefined, Refusal>>;
  /** An object that goes as a whole, and with it what it must keep: see `constrainWrite`. */
  readonly retired?: ObjectRef;
  /** Where the input names what the model's declarations refuse; the whole input without it. */
  readonly fieldOf?: FieldOf;
}

/** A write of relationships on its way, or one that is only tried. */
export interface RelationshipWrite {
  readonly transaction: RelationshipTransaction;
  /** Records in the audit log what the operation took away and what it put there. */
  readonly record: (before: readonly unknown[], after: readonly unknown[]) => Promise<void>;
}

/** A write on its way. */
export interface Write extends RelationshipWrite {
  readonly transaction: WriteTransaction;
}

/**
 * Runs one write. With an idempotency key, the first success is kept in the same transaction, and the same request
 * gets the same outcome again; failures are not kept, so they can be tried again. `Outcome` must survive JSON.
 *
 * What the model declares about its roles (`constrainWrite`) is held for every write here, on the state that it leaves.
 * An attempt without the right leaves nothing but its entry in the audit log. One that wrote nothing may still tell what is stored:
 * if the right to it was by break-glass, the log has that it was read. The right is asked for before the write has its
 * turn, and again in it, after every write before it: a right that was revoked by then does not count.
 */
export async function runWrite<Outcome, Entitled>(
  postern: Postern,
  actor: Actor,
  request: WriteRequest<Entitled>,
  write: (write: Write, entitled: Entitled) => Promise<Result<Outcome, Refusal>>,
): Promise<Result<WriteOutput<Outcome>, Refusal>> {
  const wrongKey = keyProblem(request);
  if (wrongKey !== undefined) return failed(wrongKey);
  const notForAgents = refuseDelegate(actor, request.action);
  if (notForAgents !== undefined) return refuseRecorded(postern, actor, request, notForAgents);
  const reads: BreakGlassRead[] = [];
  const size = sizeOf(request);
  if (size === 'large' || !postern.caller?.wasEntitled) {
    const early = await refuseEarly(postern, actor, request, reads);
    if (!early.ok) return early;
  }
  return orUnconfirmed(postern, async () => {
    const constrain = constrainWrite(actor, request.fieldOf, request.retired);
    const written = await postern.store.writer.write(
      constrain,
      (transaction) => writeOnce(postern, transaction, actor, request, write, reads),
      size,
    );
    remember(postern, written);
    // Only now: what was recorded in a write that is refused in the end is not in the log.
    if (written.ok && written.value.value.isRecorded) reads.length = 0;
    if (written.ok || written.problem.kind === 'invalid') await recordBreakGlassReads(postern, actor, reads);
    if (!written.ok) {
      if (written.problem.kind === 'forbidden') await recordDenied(postern, actor, request);
      return written;
    }
    const { value, ...position } = written.value;
    return ok({ outcome: value.outcome, token: tokenOf({ ...position, ...value.first }) });
  });
}

/** Nobody hears of it before the log has it. */
export function refuseRecorded(
  postern: Postern,
  actor: Actor,
  attempt: Attempt,
  refusal: Refusal,
): Promise<Result<never, Refusal>> {
  return orUnavailable(postern, 'Recording a refusal', async () => {
    await recordDenied(postern, actor, attempt);
    return failed(refusal);
  });
}

/** What no idempotency key is like. */
export function keyProblem({ idempotency }: Pick<WriteRequest<unknown>, 'idempotency'>): Refusal | undefined {
  const wrong = idempotency && textProblem(idempotency.key, limits.idempotencyKeyBytes.most);
  return wrong === undefined
    ? undefined
    : invalid('INVALID_INPUT', `The idempotency key ${wrong}.`, ['input', 'idempotencyKey']);
}

/** An input that was refused says nothing of the right. */
function remember({ caller }: Postern, written: Result<unknown, Refusal>): void {
  if (caller === undefined || (!written.ok && written.problem.kind !== 'forbidden')) return;
  caller.wasEntitled = written.ok;
}

/** What asks for many checks, or is prepared, takes longer than others should wait for. */
function sizeOf({ checks = 1, prepare }: Pick<WriteRequest<unknown>, 'checks' | 'prepare'>): WriteSize {
  return checks > mostChecksOfSmall || prepare !== undefined ? 'large' : 'small';
}

const mostChecksOfSmall = 20;

/** Says what refuses the write without its turn among writes; a repetition is answered as the first time, right or no right. */
function refuseEarly<Entitled>(
  postern: Postern,
  actor: Actor,
  request: WriteRequest<Entitled>,
  reads: BreakGlassRead[],
): Promise<Result<undefined, Refusal>> {
  const prepare = async () => (await request.prepare?.()) ?? ok(undefined);
  if (actor.kind === 'console') return prepare();
  const { idempotency, checks = 1 } = request;
  return orUnavailable(postern, 'Authorizing a write', async () => {
    let isRepeated = false;
    const entitled = await postern.store.checkReader(checks).withState(async (state) => {
      isRepeated = idempotency !== undefined && (await state.hasOutcome(formatAsker(actor), idempotency.key));
      return isRepeated ? ok(undefined) : request.entitle(state.open, notingReads(postern, actor, reads));
    });
    const refused = entitled.ok ? await (isRepeated ? ok(undefined) : prepare()) : entitled;
    if (refused.ok) return refused;
    if (refused.problem.kind === 'forbidden') await recordDenied(postern, actor, request);
    if (refused.problem.kind === 'invalid') await recordBreakGlassReads(postern, actor, reads);
    return refused;
  });
}

/** `reads` are what the actor could by break-glass, unless an event says what it did. */
async function writeOnce<Outcome, Entitled>(
  postern: Postern,
  transaction: WriteTransaction,
  actor: Actor,
  request: WriteRequest<Entitled>,
  write: (write: Write, entitled: Entitled) => Promise<Result<Outcome, Refusal>>,
  reads: BreakGlassRead[],
): Promise<Result<RunOutcome<Outcome>, Refusal>> {
  // It may be the second attempt.
  reads.length = 0;
  const { idempotency } = request;
  const before = idempotency && (await findBefore<Outcome>(transaction, actor, idempotency));
  if (before !== undefined) return before;
  let isRecorded = false;
  const record: Write['record'] = (taken, put) => {
    isRecorded = true;
    return transaction.audit.record({ ...auditRecordOf(actor, request), outcome: 'done', before: taken, after: put });
  };
  const entitled = await request.entitle(
    (objects) => transaction.openSnapshot(objects),
    notingReads(postern, actor, reads),
  );
  if (!entitled.ok) return entitled;
  const result = await write({ transaction, record }, entitled.value);
  if (!result.ok) return result;
  if (idempotency !== undefined) {
    await transaction.outcomes.store(formatAsker(actor), idempotency.key, hashOf(idempotency.request), result.value);
  }
  return ok({ outcome: result.value, first: undefined, isRecorded });
}

function notingReads({ onEnforced }: Postern, actor: Actor, reads: BreakGlassRead[]): AuditedActor {
  return { actor, note: (read) => void reads.push(read), used: onEnforced };
}

/** What a write came to, now or when it was first asked for. */
interface RunOutcome<Outcome> {
  readonly outcome: Outcome;
  /** Where the first run was, when this is a repetition. */
  readonly first: Partial<Pick<Position, 'revision' | 'mark'>> | undefined;
  /** Whether an event of the write says what the actor did. */
  readonly isRecorded: boolean;
}

async function findBefore<Outcome>(
  transaction: WriteTransaction,
  actor: Actor,
  { key, request }: Idempotency,
): Promise<Result<RunOutcome<Outcome>, Refusal> | undefined> {
  const before = await transaction.outcomes.find(formatAsker(actor), key);
  if (before === undefined) return undefined;
  if (before.requestHash !== hashOf(request)) {
    const message = `The idempotency key ${quote(key)} was used for another request.`;
    return failed(invalid('IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']));
  }
  const { outcome, revision, mark } = before;
  return ok({ outcome: outcome as Outcome, first: { revision, ...(mark && { mark }) }, isRecorded: false });
}

function hashOf(request: unknown): string {
  return createHash('sha256').update(canonicalJson(request)).digest('base64url');
}

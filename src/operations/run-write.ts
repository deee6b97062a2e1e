import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote, textProblem } from '../base/text-problem.ts';
import { type ConsistencyToken, makeConsistencyToken } from '../model/consistency-token.ts';
import type { WriteTransaction } from '../store/write-transaction.ts';
import { type Actor, formatActor } from './actor.ts';
import { orUnconfirmed } from './or-unavailable.ts';
import type { Postern } from './postern.ts';
import { invalid, type Refusal } from './refusal.ts';

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

/**
 * Runs one write. With an idempotency key, the first success is kept in the same transaction, and the same request
 * gets the same outcome again; failures are not kept, so they can be tried again. `Outcome` must survive JSON.
 */
export async function runWrite<Outcome>(
  postern: Postern,
  actor: Actor,
  idempotency: Idempotency | undefined,
  write: (transaction: WriteTransaction) => Promise<Result<Outcome, Refusal>>,
): Promise<Result<WriteOutput<Outcome>, Refusal>> {
  const wrongKey = idempotency && textProblem(idempotency.key, maxKeyBytes);
  if (wrongKey !== undefined) {
    return failed(invalid('INVALID_INPUT', `The idempotency key ${wrongKey}.`, ['input', 'idempotencyKey']));
  }
  const written = await orUnconfirmed(postern, () =>
    postern.store.writer.write<Kept<Outcome>, Refusal>(async (transaction) => {
      const before = idempotency && (await findBefore<Outcome>(transaction, actor, idempotency));
      if (before !== undefined) return before;
      const result = await write(transaction);
      if (!result.ok) return result;
      if (idempotency !== undefined) {
        await transaction.storeOutcome(formatActor(actor), idempotency.key, hashOf(idempotency.request), result.value);
      }
      return ok({ outcome: result.value, revision: undefined });
    }),
  );
  if (!written.ok) return written;
  const { value, revision, identity } = written.value;
  return ok({ outcome: value.outcome, token: makeConsistencyToken(identity, value.revision ?? revision) });
}

const maxKeyBytes = 200;

interface Kept<Outcome> {
  readonly outcome: Outcome;
  /** The revision of the first run, when this is a repetition. */
  readonly revision: number | undefined;
}

async function findBefore<Outcome>(
  transaction: WriteTransaction,
  actor: Actor,
  { key, request }: Idempotency,
): Promise<Result<Kept<Outcome>, Refusal> | undefined> {
  const before = await transaction.findOutcome(formatActor(actor), key);
  if (before === undefined) return undefined;
  if (before.requestHash !== hashOf(request)) {
    const message = `The idempotency key ${quote(key)} was used for another request.`;
    return failed(invalid('IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']));
  }
  return ok({ outcome: before.outcome as Outcome, revision: before.revision });
}

function hashOf(request: unknown): string {
  return createHash('sha256').update(canonicalJson(request)).digest('base64url');
}

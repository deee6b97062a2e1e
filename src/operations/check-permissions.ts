import { failed, ok, type Result } from '../base/result.ts';
import { type Check, checkInSnapshot, objectsOf } from '../engine/check.ts';
import type { ConsistencyToken } from '../model/consistency-token.ts';
import { makeConsistencyToken } from '../model/consistency-token.ts';
import type { Decision } from '../model/decision.ts';
import { problem } from '../model/problem.ts';
import type { Relationship } from '../model/relationship.ts';
import { NoModel, type PostgresSnapshot } from '../store/postgres-snapshot.ts';
import type { Actor } from './actor.ts';
import { authorizeRead, objectsToAuthorize, type Reading } from './authorize.ts';
import { noteOwnReads } from './break-glass.ts';
import type { Postern } from './postern.ts';
import { readAs } from './read-as.ts';
import { invalid, type Refusal } from './refusal.ts';
import { validateContextual } from './validate-contextual.ts';

export interface CheckPermissionsInput {
  readonly checks: readonly Check[];
  readonly contextual: readonly Relationship[];
  readonly atLeastAsFresh: ConsistencyToken | undefined;
  readonly modelId: number | undefined;
}

export interface CheckPermissionsOutput {
  readonly decisions: readonly Decision[];
  readonly token: ConsistencyToken;
}

/** Answers checks about any subjects, for an actor with `can_check_any_subject`; all from one snapshot. */
export async function checkPermissions(
  postern: Postern,
  actor: Actor,
  input: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal>> {
  return readAs(postern, actor, { what: 'Checking permissions' }, (reading) =>
    authorizeAndAnswer(postern, reading, input),
  );
}

async function authorizeAndAnswer(
  { store, platform }: Postern,
  reading: Reading,
  input: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal>> {
  const request = { checks: input.checks, contextual: input.contextual };
  const needed = [...objectsToAuthorize(reading.actor, platform), ...objectsOf(request)];
  const entitled = (snapshot: PostgresSnapshot) => authorizeRead(snapshot, reading, 'can_check_any_subject', platform);
  const answer = async (snapshot: PostgresSnapshot) => answerFrom(snapshot, reading, input);
  const reader = store.checkReader(input.checks.length);

  if (input.modelId === undefined) {
    return reader.withSnapshot(needed, async (snapshot) => {
      const authorized = await entitled(snapshot);
      return authorized.ok ? answer(snapshot) : authorized;
    });
  }
  // Who may ask is always the active model's to say.
  const authorized = await reader.withSnapshot(objectsToAuthorize(reading.actor, platform), entitled);
  if (!authorized.ok) return authorized;
  try {
    return await reader.withSnapshot(needed, answer, { modelId: input.modelId });
  } catch (error) {
    if (error instanceof NoModel) return failed(invalid('UNKNOWN_MODEL', error.message, ['input', 'modelId']));
    throw error;
  }
}

async function answerFrom(
  snapshot: PostgresSnapshot,
  reading: Reading,
  input: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal>> {
  const fresh = checkFreshness(snapshot, input.atLeastAsFresh);
  if (!fresh.ok) return fresh;
  const field = ['input', 'contextualRelationships'];
  const valid = validateContextual(snapshot.prepared.model, input.contextual, field);
  if (!valid.ok) return valid;
  const { checks, contextual } = input;
  const { decisions, revision, restingOn } = await checkInSnapshot(snapshot, { checks, contextual });
  noteOwnReads(reading, checks, restingOn);
  return ok({ decisions, token: makeConsistencyToken(snapshot.identity, revision) });
}

/** A snapshot that misses the write of the caller's token must not answer. */
export function checkFreshness(
  snapshot: PostgresSnapshot,
  token: ConsistencyToken | undefined,
): Result<undefined, Refusal> {
  if (token === undefined) return ok(undefined);
  if (token.identity !== snapshot.identity) {
    const message = 'The consistency token belongs to another database.';
    return failed(invalid('INVALID_INPUT', message, ['input', 'consistency', 'atLeastAsFresh']));
  }
  if (token.revision <= snapshot.revision) return ok(undefined);
  const message = 'The database has not caught up with the consistency token yet; try again.';
  return failed({ kind: 'undecided', problem: problem('AUTHORIZATION_UNAVAILABLE', message) });
}

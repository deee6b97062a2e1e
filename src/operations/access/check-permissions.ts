import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { type Check, objectsOf } from '../../engine/check/check.ts';
import { checkAtOnce } from '../../engine/check/check-at-once.ts';
import { checkInParts } from '../../engine/check/check-in-parts.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { type Decision, undecided } from '../../model/decision.ts';
import { findRelation, type Model } from '../../model/model.ts';
import type { Relationship } from '../../model/relationship.ts';
import { validateSubject } from '../../model/validate-relationship.ts';
import { NoModel } from '../../store/no-model.ts';
import type { StoreReader } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import { authorizeRead, checkOfRight, judgeRight, objectsToAuthorize } from '../authorize.ts';
import { isBreakGlass, noteOwnReads } from '../break-glass.ts';
import { checkFreshness } from '../check-freshness.ts';
import { unknownModel } from '../models/model-impact.ts';
import { noticeUnknownParameters } from '../notice-parameters.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Reading } from '../reading.ts';
import type { InputError, Refusal } from '../refusal.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { judgeSentContext } from './question-context.ts';
import { validateContextual } from './validate-contextual.ts';

export interface CheckPermissionsInput {
  readonly checks: readonly Check[];
  readonly contextual: readonly Relationship[];
  readonly consistency?: Consistency | undefined;
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
  postern: Postern,
  reading: Reading,
  input: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal>> {
  const { store, platform } = postern;
  const { consistency, ...request } = input;
  const needed = [...objectsToAuthorize(reading.actor, platform), ...objectsOf(request)];
  const entitled = (snapshot: StoreSnapshot) => authorizeRead(snapshot, reading, 'can_check_any_subject', platform);
  const answer = async (snapshot: StoreSnapshot) => answerFrom(postern, snapshot, reading, input);
  const reader = store.checkReader(input.checks.length);

  if (input.modelId === undefined) {
    const atOnce = await answerAtOnce(postern, reader, reading, input);
    if (atOnce !== undefined) return atOnce;
    return withFreshSnapshot(reader, needed, { consistency }, async (snapshot) => {
      const authorized = await entitled(snapshot);
      return authorized.ok ? answer(snapshot) : authorized;
    });
  }
  // Who may ask is always the active model's to say.
  const asker = objectsToAuthorize(reading.actor, platform);
  const authorized = await withFreshSnapshot(reader, asker, { consistency }, entitled);
  if (!authorized.ok) return authorized;
  try {
    return await withFreshSnapshot(reader, needed, { consistency, modelId: input.modelId }, answer);
  } catch (error) {
    if (!(error instanceof NoModel)) throw error;
    const [newest] = await store.readModels(1, undefined);
    return failed(unknownModel(input.modelId, newest, ['input', 'modelId']));
  }
}

/** The same with one read, where that is enough; undefined where it is not. */
async function answerAtOnce(
  postern: Postern,
  reader: StoreReader,
  reading: Reading,
  { checks, contextual, consistency }: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal> | undefined> {
  const own = checkOfRight(reading.actor, 'can_check_any_subject', postern.platform);
  if (own === undefined || contextual.length > 0) return undefined;
  const ask = ({ model }: PreparedModel) => {
    const judged = judgeChecks(model, reading.actor, checks);
    return judged.ok ? { checks: [own, ...judged.value], contextual } : undefined;
  };
  const answer = await checkAtOnce(reader, ask, { isWatched: isBreakGlass, consistency });
  if (answer === undefined) return undefined;
  const { state } = answer;
  const fresh = checkFreshness(state, consistency);
  if (!fresh.ok) return fresh;
  const [right, ...decisions] = answer.decisions;
  const authorized = judgeRight(reading, own, right);
  if (!authorized.ok) return authorized;
  // Names are looked for in a snapshot.
  if (postern.noticesChecks && decisions.some(({ kind }) => kind === 'denied')) return undefined;
  return ok(outputOf(postern, state, checks, decisions));
}

function outputOf(
  postern: Postern,
  state: Pick<StoreSnapshot, 'identity' | 'revision' | 'prepared'>,
  checks: readonly Check[],
  decisions: readonly Decision[],
): CheckPermissionsOutput {
  const { model } = state.prepared;
  noticeUnknownParameters(
    postern,
    model,
    checks.map(({ context }) => context),
  );
  const named = zip(checks, decisions).map(([check, decision]) => withNearestName(model, decision, check));
  return { decisions: named, token: tokenOf(state) };
}

async function answerFrom(
  postern: Postern,
  snapshot: StoreSnapshot,
  reading: Reading,
  input: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal>> {
  const { model } = snapshot.prepared;
  const checks = judgeChecks(model, reading.actor, input.checks);
  if (!checks.ok) return checks;
  const { contextual } = input;
  const valid = validateContextual(model, contextual, ['input', 'contextualRelationships']);
  if (!valid.ok) return valid;
  const { decisions, dependingOn } = await checkInParts(snapshot, { checks: checks.value, contextual });
  noteOwnReads(reading, checks.value, dependingOn);
  await noticeNames(postern, snapshot, reading, input, decisions);
  return ok(outputOf(postern, snapshot, input.checks, decisions));
}

/** Of what is allowed all names are right. Who may know who exists is the active model's to say. */
async function noticeNames(
  postern: Postern,
  snapshot: StoreSnapshot,
  reading: Reading,
  { checks, modelId }: CheckPermissionsInput,
  decisions: readonly Decision[],
): Promise<void> {
  if (!postern.noticesChecks || modelId !== undefined) return;
  const denied = zip(checks, decisions).flatMap(([check, { kind }]) => (kind === 'denied' ? [check] : []));
  await noticeUnnamed(
    postern,
    snapshot,
    reading,
    denied.flatMap(({ subject, object }) => [subject, object]),
  );
}

/** The engine's sentences are for anybody: whoever may ask about any subject is told the nearest role as well. */
function withNearestName(model: Model, decision: Decision, check: Check): Decision {
  const isUnknown = decision.kind === 'undecided' && decision.problem.code === 'UNKNOWN_RELATION';
  if (!isUnknown) return decision;
  const { subject, object, relation } = check;
  const known = validateSubject(model, subject, 'administrator');
  const found = known.ok ? findRelation(model, object.type, relation, 'administrator') : known;
  return found.ok ? decision : undecided(found.problem);
}

/** The checks with what is known of their subjects; refused together when one sends what is not to be sent. */
function judgeChecks(model: Model, actor: Actor, checks: readonly Check[]): Result<readonly Check[], Refusal> {
  const errors: InputError[] = [];
  const judged = checks.flatMap((check, index): readonly Check[] => {
    const { subject, context: sent } = check;
    const context = judgeSentContext({ model, actor, subject, sent }, ['input', 'checks', String(index), 'context']);
    if (context.ok) return [{ ...check, ...context.value }];
    errors.push(...context.problem);
    return [];
  });
  return errors.length === 0 ? ok(judged) : failed({ kind: 'invalid', errors });
}

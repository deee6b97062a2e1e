import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { type Check, objectsOf } from '../../engine/check/check.ts';
import { checkAtOnce } from '../../engine/check/check-at-once.ts';
import { checkInParts } from '../../engine/check/check-in-parts.ts';
import { underModel } from '../../engine/impact/with-model.ts';
import type { Snapshot } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { type Decision, undecided } from '../../model/decision.ts';
import { findRelation, type Model } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { validateSubject } from '../../model/validate-relationship.ts';
import { NoModel } from '../../store/no-model.ts';
import type { StoreReader } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import { type AskedRights, askAs, checksOfRights, enforcedOf } from '../ask-rights.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, judgeRight, objectsToAuthorize } from '../authorize.ts';
import { isBreakGlass } from '../break-glass.ts';
import { checkFreshness } from '../check-freshness.ts';
import { unknownModel } from '../models/model-impact.ts';
import { noticeUnknownParameters } from '../notice-parameters.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { InputError, Refusal } from '../refusal.ts';
import { tellDecisions } from '../tell-decisions.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { judgeSentContext } from './question-context.ts';
import { validateContextual } from './validate-contextual.ts';
import { inWordsOf, type Wording } from './wording.ts';

export interface CheckPermissionsInput {
  readonly checks: readonly Check[];
  readonly contextual: readonly Relationship[];
  readonly consistency?: Consistency | undefined;
  readonly modelId: number | undefined;
  readonly wording?: Wording | undefined;
}

export interface CheckPermissionsOutput {
  readonly decisions: readonly Decision[];
  readonly token: ConsistencyToken;
  /** See `Snapshot`. */
  readonly ageMs: number;
}

/** Answers checks about any subjects, for an actor with `can_check_any_subject`; all from one snapshot. */
export async function checkPermissions(
  postern: Postern,
  actor: Actor,
  input: CheckPermissionsInput,
): Promise<Result<CheckPermissionsOutput, Refusal>> {
  const startedAt = performance.now();
  return readAs(postern, actor, { what: 'Checking permissions' }, async (audited) => {
    const answered = await authorizeAndAnswer(postern, audited, input);
    if (!answered.ok) return answered;
    const { state, asked, ...output } = answered.value;
    tellDecisions(postern, { actor, checks: asked, decisions: output.decisions, state, startedAt });
    return ok(output);
  });
}

/** With what was asked in the words of the model, and the state that was. */
interface AnsweredChecks extends CheckPermissionsOutput {
  readonly asked: readonly Check[];
  readonly state: Pick<Snapshot, 'revision' | 'prepared'>;
}

async function authorizeAndAnswer(
  postern: Postern,
  audited: AuditedActor,
  input: CheckPermissionsInput,
): Promise<Result<AnsweredChecks, Refusal>> {
  const { store, platform } = postern;
  const { consistency, modelId, checks, contextual } = input;
  const needed = [...objectsToAuthorize(audited.actor, platform), ...objectsOf({ checks, contextual })];
  const reader = store.checkReader(checks.length);
  if (modelId !== undefined) return answerUnderModel(postern, audited, input, { reader, needed, modelId });
  const atOnce = await answerAtOnce(postern, reader, audited, input);
  if (atOnce !== undefined) return atOnce;
  return withFreshSnapshot(postern, reader, needed, { consistency }, async (snapshot) => {
    const authorized = await authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
    return authorized.ok ? answerFrom(postern, snapshot, snapshot, audited, input) : authorized;
  });
}

interface ModelQuestion {
  readonly reader: StoreReader;
  readonly needed: readonly ObjectRef[];
  readonly modelId: number;
}

/** Who may ask is always the active model's to say: in the same state, or a right that was lost would tell of what came after. */
async function answerUnderModel(
  postern: Postern,
  audited: AuditedActor,
  input: CheckPermissionsInput,
  { reader, needed, modelId }: ModelQuestion,
): Promise<Result<AnsweredChecks, Refusal>> {
  const answered = await reader.withModels<Result<AnsweredChecks, Refusal>>(needed, async (snapshot, models) => {
    const fresh = await checkFreshness(snapshot, input.consistency, { line: postern.store.line, log: snapshot });
    if (!fresh.ok) return fresh;
    const authorized = await authorizeRead(snapshot, audited, 'can_check_any_subject', postern.platform);
    if (!authorized.ok) return authorized;
    const prepared = await models.load(modelId);
    if (prepared === undefined) return failed(unknownModel(modelId, models.newest, ['input', 'modelId']));
    return answerFrom(postern, snapshot, underModel(snapshot, prepared), audited, input);
  });
  if (answered === undefined) throw new NoModel('No authorization model is active.');
  return answered;
}

/** The same with one read, where that is enough; undefined where it is not. */
async function answerAtOnce(
  postern: Postern,
  reader: StoreReader,
  audited: AuditedActor,
  input: CheckPermissionsInput,
): Promise<Result<AnsweredChecks, Refusal> | undefined> {
  const { contextual, consistency } = input;
  const { actor } = audited;
  if (actor.kind === 'console' || contextual.length > 0) return undefined;
  const right = { permission: 'can_check_any_subject', object: postern.platform };
  const rights = checksOfRights(actor, [right]);
  const own = askAs(actor, rights);
  let checks: readonly Check[] = [];
  let asked: AskedRights | undefined;
  const ask = ({ model }: PreparedModel) => {
    const judged = judgeChecks(model, actor, input);
    if (!judged.ok) return undefined;
    checks = judged.value;
    asked = askAs(actor, checks);
    return { checks: [...own.checks, ...asked.checks], contextual };
  };
  const answer = await checkAtOnce(reader, ask, { isWatched: isBreakGlass, consistency });
  if (answer === undefined || asked === undefined) return undefined;
  const { state } = answer;
  const fresh = await checkFreshness(state, consistency, { line: postern.store.line, log: postern.store });
  if (!fresh.ok) return fresh;
  postern.answeredFrom?.(state);
  const { dependingOn } = answer;
  const { onEnforced } = postern;
  const held = own.judge({ decisions: answer.decisions.slice(0, own.checks.length), dependingOn });
  const authorized = judgeRight(audited, right, held.decisions[0]);
  if (!authorized.ok) return authorized;
  onEnforced?.(enforcedOf(own, answer, zip(rights, held.decisions)));
  const { decisions } = asked.judge({ decisions: answer.decisions.slice(own.checks.length), dependingOn });
  // Names are looked for in a snapshot.
  if (postern.noticesChecks && decisions.some(({ kind }) => kind === 'denied')) return undefined;
  onEnforced?.(enforcedOf(asked, answer, zip(checks, decisions)));
  return ok(outputOf(postern, state, checks, decisions));
}

function outputOf(
  postern: Postern,
  state: Pick<Snapshot, 'identity' | 'revision' | 'mark' | 'ageMs' | 'prepared'>,
  checks: readonly Check[],
  decisions: readonly Decision[],
): AnsweredChecks {
  const { model } = state.prepared;
  noticeUnknownParameters(
    postern,
    model,
    checks.map(({ context }) => context),
  );
  const named = zip(checks, decisions).map(([check, decision]) => withNearestName(model, decision, check));
  return { decisions: named, token: tokenOf(state), ageMs: state.ageMs, asked: checks, state };
}

/** `asked` is the snapshot, or the same state under another model. */
async function answerFrom(
  postern: Postern,
  snapshot: StoreSnapshot,
  asked: Snapshot,
  audited: AuditedActor,
  input: CheckPermissionsInput,
): Promise<Result<AnsweredChecks, Refusal>> {
  const { model } = asked.prepared;
  const checks = judgeChecks(model, audited.actor, input);
  if (!checks.ok) return checks;
  const { contextual } = input;
  const valid = validateContextual(model, contextual, ['input', 'contextualRelationships']);
  if (!valid.ok) return valid;
  const question = askAs(audited.actor, checks.value);
  const answer = await checkInParts(asked, { checks: question.checks, contextual });
  const { decisions, reads } = question.judge(answer);
  for (const read of reads) audited.note(read);
  // What another model would say is enforced by nobody.
  if (input.modelId === undefined) postern.onEnforced?.(enforcedOf(question, answer, zip(checks.value, decisions)));
  await noticeNames(postern, snapshot, audited, input, decisions);
  return ok(outputOf(postern, asked, checks.value, decisions));
}

/** Of what is allowed all names are right. Who may know who exists is the active model's to say. */
async function noticeNames(
  postern: Postern,
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  { checks, modelId }: CheckPermissionsInput,
  decisions: readonly Decision[],
): Promise<void> {
  if (!postern.noticesChecks || modelId !== undefined) return;
  const denied = zip(checks, decisions).flatMap(([check, { kind }]) => (kind === 'denied' ? [check] : []));
  await noticeUnnamed(
    postern,
    snapshot,
    audited,
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
function judgeChecks(
  model: Model,
  actor: Actor,
  { checks, wording }: Pick<CheckPermissionsInput, 'checks' | 'wording'>,
): Result<readonly Check[], Refusal> {
  const errors: InputError[] = [];
  const judged = inWordsOf(model, checks, wording).flatMap((check, index): readonly Check[] => {
    const { subject, context: sent } = check;
    const context = judgeSentContext({ model, actor, subject, sent, wording }, [
      'input',
      'checks',
      String(index),
      'context',
    ]);
    if (context.ok) return [{ ...check, ...context.value }];
    errors.push(...context.problem);
    return [];
  });
  return errors.length === 0 ? ok(judged) : failed({ kind: 'invalid', errors });
}

import { failed, ok, type Result } from '../../base/result.ts';
import { diffModels } from '../../model/diff-models.ts';
import type { Model } from '../../model/model.ts';
import type { ModelSource } from '../../model/model-source.ts';
import type { ParsedModel } from '../../model/parse-model.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { type Actor, actorSubject } from '../actor.ts';
import { noticeAgents } from '../notice-agents.ts';
import type { Postern } from '../postern.ts';
import type { AuditAction } from '../record-denied.ts';
import { type Refusal, refusedModel } from '../refusal.ts';
import { type Entitle, type Idempotency, runWrite, type Write, type WriteOutput } from '../writes/run-write.ts';
import { authorizeModelWrite } from './authorize-model-write.ts';
import { type ModelPreview, previewModelWrite } from './preview-model-write.ts';

export interface PublishModelInput {
  readonly source: ModelSource;
  readonly activate: boolean;
  /** Checks everything, says what would change and for whom, and stores nothing. */
  readonly dryRun: boolean;
  /** Whether a dry run says what would change and for whom, if nothing else is said: that takes far more than to check the text. */
  readonly isCompared?: boolean | undefined;
  readonly reason: string | undefined;
  readonly idempotency?: Idempotency | undefined;
}

/** A published model; without an id after a dry run. */
export interface PublishModelOutcome {
  readonly id: number | undefined;
  readonly dsl: string;
  readonly active: boolean;
  /** After a dry run, the clock of the state that it was tried on. */
  readonly createdAt: string;
  readonly createdBy: SubjectRef | undefined;
  readonly preview: ModelPreview;
}

/** Stores a valid model, and activates it if asked to, for an actor with `can_publish_model`. */
export async function publishModel(
  postern: Postern,
  actor: Actor,
  input: PublishModelInput,
): Promise<Result<WriteOutput<PublishModelOutcome>, Refusal>> {
  const action: AuditAction = input.activate ? 'publishAndActivateModel' : 'publishModel';
  if (input.dryRun) return previewPublishing(postern, actor, action, input);
  let reading: Promise<Result<ParsedModel, Refusal>> | undefined;
  const read = () => {
    reading ??= readSource(postern, input);
    return reading;
  };
  const prepare = async (): Promise<Result<undefined, Refusal>> => {
    const parsed = await read();
    return parsed.ok ? ok(undefined) : parsed;
  };
  const entitle: Entitle<undefined> = (open, audited) => authorizeModelWrite(open, audited, postern.platform);
  const { reason, idempotency } = input;
  const request = { action, wanted: [], reason, idempotency, entitle, prepare };
  let active: Model | undefined;
  const published = await runWrite<PublishModelOutcome, undefined>(postern, actor, request, async (write) => {
    // It has been prepared, unless this was a repetition when it was asked, and is none any more.
    const parsed = await read();
    if (!parsed.ok) return parsed;
    const before = await write.transaction.models.loadActive();
    const preview = { diff: before && diffModels(before, parsed.value.model), impact: undefined };
    if (input.activate) active = parsed.value.model;
    return store(write, actor, input, parsed.value, preview);
  });
  if (published.ok && active !== undefined) noticeAgents(postern, active);
  return published;
}

function previewPublishing(
  postern: Postern,
  actor: Actor,
  action: AuditAction,
  input: PublishModelInput,
): Promise<Result<WriteOutput<PublishModelOutcome>, Refusal>> {
  const { isCompared = true } = input;
  return previewModelWrite(postern, actor, { action, wanted: [], isCompared }, async ({ now }) => {
    const read = await readSource(postern, input);
    if (!read.ok) return read;
    const { model, dsl } = read.value;
    const outcome = { id: undefined, dsl, active: false, createdAt: now.toISOString(), createdBy: undefined };
    return ok({ to: model, outcome });
  });
}

async function readSource(
  { store: { parser } }: Postern,
  { source }: PublishModelInput,
): Promise<Result<ParsedModel, Refusal>> {
  const parsed = await parser.parse(source, 'publish');
  return parsed.ok ? parsed : failed(refusedModel(parsed.problem, ['input', source.kind]));
}

async function store(
  { transaction, record }: Write,
  actor: Actor,
  { source, activate }: PublishModelInput,
  { model, dsl }: ParsedModel,
  preview: ModelPreview,
): Promise<Result<PublishModelOutcome, Refusal>> {
  const modules = source.kind === 'modules' ? source.modules : undefined;
  const { id, createdAt } = await transaction.models.add({ model, dsl, modules }, actorSubject(actor));
  if (activate) await transaction.models.activate(id);
  await record([], [await transaction.models.recordOf(id)]);
  const createdBy = actorSubject(actor);
  return ok({ id, dsl, active: activate, createdAt: createdAt.toISOString(), createdBy, preview });
}

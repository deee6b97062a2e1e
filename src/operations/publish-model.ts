import { failed, ok, type Result } from '../base/result.ts';
import { diffModels } from '../model/diff-models.ts';
import type { Model } from '../model/model.ts';
import { formatModelProblem, type ModelSource } from '../model/model-source.ts';
import { type ParsedModel, parseModel } from '../model/parse-model.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import { authorizeModelWrite, type ModelPreview, withImpact } from './activate-model.ts';
import { type Actor, actorSubject } from './actor.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';
import { runWrite, type Write, type WriteOutput } from './run-write.ts';

export interface PublishModelInput {
  readonly source: ModelSource;
  readonly activate: boolean;
  /** Checks everything, says what would change and for whom, and stores nothing. */
  readonly dryRun: boolean;
  readonly reason: string | undefined;
}

/** A published model; without an id after a dry run. */
export interface PublishModelOutcome {
  readonly id: number | undefined;
  readonly dsl: string;
  readonly active: boolean;
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
  const action = input.activate ? 'publishAndActivateModel' : 'publishModel';
  const request = { action, wanted: [], reason: input.reason, idempotency: undefined };
  let valid: Model | undefined;
  const written = await runWrite<PublishModelOutcome>(postern, actor, request, async (write) => {
    const { transaction } = write;
    const authorized = await authorizeModelWrite(transaction, actor, postern.platform);
    if (!authorized.ok) return authorized;
    const parsed = parseModel(input.source);
    if (!parsed.ok) return failed(invalidModel(parsed.problem.map(formatModelProblem), input.source));
    valid = parsed.value.model;
    const before = await transaction.loadActiveModel();
    const preview = { diff: before && diffModels(before, parsed.value.model), impact: undefined };
    if (!input.dryRun) return store(write, actor, input, parsed.value, preview);
    const { dsl } = parsed.value;
    return ok({
      id: undefined,
      dsl,
      active: false,
      createdAt: new Date(0).toISOString(),
      createdBy: undefined,
      preview,
    });
  });
  return input.dryRun && valid !== undefined ? withImpact(postern, actor, valid, written) : written;
}

async function store(
  { transaction, record }: Write,
  actor: Actor,
  { source, activate }: PublishModelInput,
  { model, dsl }: ParsedModel,
  preview: ModelPreview,
): Promise<Result<PublishModelOutcome, Refusal>> {
  const modules = source.kind === 'modules' ? source.modules : undefined;
  const { id, createdAt } = await transaction.addModel(model, dsl, modules, actorSubject(actor));
  if (activate) await transaction.activateModel(id);
  await record([], [await transaction.recordOfModel(id)]);
  const createdBy = actorSubject(actor);
  return ok({ id, dsl, active: activate, createdAt: createdAt.toISOString(), createdBy, preview });
}

function invalidModel(messages: readonly string[], source: ModelSource): Refusal {
  const field = ['input', source.kind];
  return { kind: 'invalid', errors: messages.map((message) => ({ code: 'INVALID_MODEL', message, field })) };
}

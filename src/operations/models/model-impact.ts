import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { compareModels, type ModelComparison } from '../../engine/impact/compare-models.ts';
import { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { underModel } from '../../engine/impact/with-model.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { prepareModel } from '../../engine/prepared-model.ts';
import { diffModels } from '../../model/diff-models.ts';
import type { Model } from '../../model/model.ts';
import { withRuntimeParameters } from '../../model/runtime-parameters.ts';
import type { Store } from '../../store/store.ts';
import type { PublishedModels } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredModel } from '../../store/stored-model.ts';
import { UnreadableModel } from '../../store/unreadable-model.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import { invalid, type Refusal, refusedModel } from '../refusal.ts';

export interface ModelImpactInput {
  /** The active model without an id. */
  readonly from: number | undefined;
  /** A published model, or one that is not. */
  readonly to: number | Model;
}

/** What would change, for whom, if a model became the one that decides. */
export interface ModelImpact extends ModelComparison {
  /** Whether the actor may see whom it concerns; if not, there are no examples. */
  readonly hasExamples: boolean;
}

/** Most checks that are made for one comparison. */
export const maxImpactChecks = 500_000;
/** Most time that is spent on one, and the part of a request's time that may go into it. */
const maxImpactMs = 30_000;
const shareOfRequest = 0.6;

/**
 * The impact of a model on the relationships of this moment, for an actor with `can_publish_model`; those with
 * `can_read_relationships` also see examples. Undefined when there is no active model to compare with.
 *
 * It reads a snapshot, and no write waits for it longer than for a check. What a permission is worth is the check's to say, under both models, with no
 * context but the time.
 */
export async function modelImpact(
  postern: Postern,
  actor: Actor,
  { from, to }: ModelImpactInput,
  maxChecks = maxImpactChecks,
): Promise<Result<ModelImpact | undefined, Refusal>> {
  const { store, platform } = postern;
  const deadline = performance.now() + Math.min(maxImpactMs, store.reader.timeoutMs * shareOfRequest);
  const budget = new ImpactBudget(maxChecks, () => performance.now() > deadline);
  return readAs(postern, actor, { what: 'Comparing models' }, async (audited) => {
    const isAlone = from === undefined && actor.kind === 'console' && !(await hasUsableModel(postern));
    if (isAlone) return everythingNew(postern, to);
    const compared = await store.reader.withModels(objectsToAuthorize(actor, platform), async (snapshot, models) => {
      const active = snapshot.prepared;
      const mayRead = await rightsOf(underModel(snapshot, active), audited, postern);
      if (!mayRead.ok) return mayRead;
      const before = from === undefined ? ok(active) : await findModel(models, from);
      const after =
        typeof to === 'number'
          ? await findModel(models, to)
          : ok(prepareModel(withRuntimeParameters(to, store.runtimeParameters)));
      if (!before.ok) return before;
      if (!after.ok) return after;
      const found = await compareModels(sidesOf(snapshot, before.value, after.value), budget);
      return ok({ ...(mayRead.value ? found : withoutExamples(found)), hasExamples: mayRead.value });
    });
    return compared ?? ok(undefined);
  });
}

/** Whether there is an active model to compare with; one that cannot be used decides nothing. */
async function hasUsableModel({ store }: Postern): Promise<boolean> {
  try {
    return (await store.loadActiveModel()) !== undefined;
  } catch (error) {
    if (error instanceof UnreadableModel) return false;
    throw error;
  }
}

/** Where nothing decides yet, nobody loses or gains anything by a model: it is only new. */
async function everythingNew({ store }: Postern, to: number | Model): Promise<Result<ModelImpact, Refusal>> {
  const model = typeof to === 'number' ? await loadPublished(store, to) : ok(to);
  if (!model.ok) return model;
  const none = { permissions: [], ignored: [], notCompared: [], isComplete: true, checks: 0 };
  return ok({ ...none, diff: diffModels({ types: new Map(), conditions: new Map() }, model.value), hasExamples: true });
}

async function loadPublished({ loadModel, readModels }: Store, id: number): Promise<Result<Model, Refusal>> {
  try {
    const loaded = await loadModel(id);
    if (loaded !== undefined) return ok(loaded.model);
  } catch (error) {
    if (!(error instanceof UnreadableModel)) throw error;
    return failed(refusedModel(error.problems, ['input', 'id']));
  }
  const [newest] = await readModels(1, undefined);
  return failed(unknownModel(id, newest));
}

function sidesOf(snapshot: StoreSnapshot, before: PreparedModel, after: PreparedModel) {
  const [was, is] = [underModel(snapshot, before), underModel(snapshot, after)];
  return { before: was, after: is, begun: underModel(snapshot.asIfBegun(), before) };
}

/** Whether the actor may see names, if it may ask at all. */
async function rightsOf(
  snapshot: ReturnType<typeof underModel>,
  audited: AuditedActor,
  { platform }: Postern,
): Promise<Result<boolean, Refusal>> {
  const authorized = await authorizeRead(snapshot, audited, 'can_publish_model', platform);
  if (!authorized.ok) return authorized;
  const names = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  if (!names.ok && names.problem.kind !== 'forbidden') return names;
  return ok(names.ok);
}

async function findModel(models: PublishedModels, id: number): Promise<Result<PreparedModel, Refusal>> {
  const model = await models.load(id);
  return model === undefined ? failed(unknownModel(id, models.newest)) : ok(model);
}

/** Says which model there is instead; the id is what the caller wrote, where that is no number. */
export function unknownModel(
  id: number | string,
  newest: Pick<StoredModel, 'id'> | undefined,
  field: readonly string[] = ['input', 'id'],
): Refusal {
  return invalid('UNKNOWN_MODEL', unknownModelSentence(id, newest), field);
}

export function unknownModelSentence(id: number | string, newest: Pick<StoredModel, 'id'> | undefined): string {
  const isNumber = /^[0-9]+$/.test(String(id));
  const what = isNumber
    ? `There is no model ${quote(String(id))}`
    : `${quote(String(id))} is not the number of a model`;
  return `${what}; ${newest === undefined ? 'none is published yet' : `the newest is "${newest.id}"`}.`;
}

function withoutExamples(compared: ModelComparison): ModelComparison {
  const none = { examples: [] };
  return {
    ...compared,
    permissions: compared.permissions.map((one) => ({
      ...one,
      lost: { ...one.lost, ...none },
      gained: { ...one.gained, ...none },
      becameUndecided: { ...one.becameUndecided, ...none },
      wasUndecided: { ...one.wasUndecided, ...none },
    })),
    ignored: compared.ignored.map((one) => ({ ...one, ...none })),
  };
}

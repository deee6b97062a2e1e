import { isRecord } from '../../base/canonical-json.ts';
import type { AuditRemoval } from '../../store/audit-removal.ts';
import type { ModelHistory, ModelRecord, ModelStep } from '../../store/model-history.ts';
import { modelActions } from '../../store/model-history.ts';

/** Which models the log knows, what they say, and which of them decides; told event by event, in order. */
export class ModelLedger {
  /** Undefined for what a model says that was published before events kept it. */
  readonly #published = new Map<number, string | undefined>();
  #active: number | null = null;
  /** The model that the last event was recorded under: one that is wrong is told once. */
  #recorded: number | null = null;
  /** What is wrong, in sentences. */
  readonly faults: { readonly event: number; readonly message: string }[] = [];

  /** Knows what the events said that were removed. */
  static after({ models, active }: Pick<AuditRemoval, 'models' | 'active'>): ModelLedger {
    const ledger = new ModelLedger();
    for (const { model, digest } of models) ledger.#published.set(model, digest);
    ledger.#active = active;
    ledger.#recorded = active;
    return ledger;
  }

  /** What it knows, for one that goes on from here. */
  get known(): Pick<AuditRemoval, 'models' | 'active'> {
    const models = Array.from(this.#published, ([model, digest]) => ({
      model,
      ...(digest !== undefined && { digest }),
    }));
    return { models, active: this.#active };
  }

  /** How many models the log knows without knowing what they say. */
  get unproven(): number {
    return [...this.#published.values()].filter((digest) => digest === undefined).length;
  }

  see({ id, action, outcome, model, after }: ModelStep): void {
    if (outcome === 'done' && modelActions.includes(action)) {
      for (const record of after) {
        const named = modelIn(record);
        if (named === undefined) continue;
        this.#publish(id, named, action);
        if (action !== 'publishModel') this.#active = named.model;
      }
    }
    if (model !== this.#active && model !== this.#recorded) {
      const said = `the log says that ${isActive(this.#active)}`;
      this.#fault(id, `Event ${id} was recorded under ${nameOf(model)}, and ${said}.`);
    }
    this.#recorded = model;
  }

  #publish(event: number, { model, digest }: Partial<ModelRecord> & { model: number }, action: string): void {
    const known = this.#published.get(model);
    if (action === 'activateModel' && !this.#published.has(model)) {
      this.#fault(event, `Event ${event} activated model ${model}, which the log does not know.`);
    } else if (known !== undefined && known !== digest) {
      this.#fault(event, `Event ${event} activated model ${model} with another text than was published.`);
    }
    this.#published.set(model, known ?? digest);
  }

  /** Holds what is stored against what was seen; each difference is one more fault, of the last event. */
  compare(event: number, { active, models }: Pick<ModelHistory, 'active' | 'models'>): void {
    const stored = new Set(models.map(({ model }) => model));
    for (const { model, digest } of models) {
      const known = this.#published.get(model);
      if (!this.#published.has(model)) this.#fault(event, `Model ${model} is in the store, and not in the log.`);
      else if (known !== undefined && known !== digest) {
        this.#fault(event, `Model ${model} does not say in the store what the log has recorded.`);
      }
    }
    for (const model of this.#published.keys()) {
      if (!stored.has(model)) this.#fault(event, `Model ${model} is in the log, and not in the store.`);
    }
    if (active === this.#active) return;
    this.#fault(event, `In the store ${isActive(active)}, and the log says that ${isActive(this.#active)}.`);
  }

  #fault(event: number, message: string): void {
    this.faults.push({ event, message });
  }
}

function modelIn(record: unknown): { readonly model: number; readonly digest?: string } | undefined {
  if (!isRecord(record) || typeof record.model !== 'number') return undefined;
  const { model, digest } = record;
  return { model, ...(typeof digest === 'string' && { digest }) };
}

function nameOf(model: number | null): string {
  return model === null ? 'no model' : `model ${model}`;
}

function isActive(model: number | null): string {
  return `${nameOf(model)} is active`;
}

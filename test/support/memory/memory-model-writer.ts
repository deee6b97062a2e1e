import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../src/base/canonical-json.ts';
import type { Model } from '../../../src/model/model.ts';
import type { SubjectRef } from '../../../src/model/subject-ref.ts';
import type { ModelRecord } from '../../../src/store/model-history.ts';
import type { StoredModel } from '../../../src/store/stored-model.ts';
import { UnreadableModel } from '../../../src/store/unreadable-model.ts';
import type { ModelWriter, NewModel } from '../../../src/store/write-transaction.ts';
import { type MemoryModels, storedModelOf } from './memory-models.ts';
import type { MemoryModel, MemoryState } from './memory-state.ts';
import type { MemoryWrite } from './memory-write.ts';

/** Publishes models and makes one of them decide. */
export class MemoryModelWriter implements ModelWriter {
  readonly #write: MemoryWrite;
  readonly #state: MemoryState;
  readonly #models: MemoryModels;

  constructor(write: MemoryWrite, models: MemoryModels) {
    this.#write = write;
    this.#state = write.state;
    this.#models = models;
  }

  get activeId(): number | undefined {
    return this.#state.activeModel ?? undefined;
  }

  async load(id: number): Promise<Model | undefined> {
    return (await this.#models.load(this.#state, id))?.model;
  }

  async loadActive(): Promise<Model | undefined> {
    const { activeModel } = this.#write.before;
    if (activeModel === null) return undefined;
    return this.load(activeModel).catch((error: unknown) => {
      if (error instanceof UnreadableModel) return undefined;
      throw error;
    });
  }

  async read(id: number): Promise<StoredModel | undefined> {
    return storedModelOf(this.#state, id);
  }

  async add({ model, dsl, modules }: NewModel, actor: SubjectRef | undefined) {
    this.#state.addNames(model);
    const id = this.#state.models.length + 1;
    const createdAt = new Date();
    this.#state.models.push({ id, dsl, modules, createdAt, createdBy: actor });
    this.#write.hasChanged = true;
    return { id, createdAt };
  }

  async activate(id: number): Promise<boolean> {
    if (!this.#state.models.some((model) => model.id === id)) return false;
    this.#state.activeModel = id;
    this.#write.change({ revision: this.#write.next, operation: 'model', model: id });
    return true;
  }

  async recordOf(id: number): Promise<ModelRecord> {
    const model = this.#state.models.find((one) => one.id === id);
    if (model === undefined) throw new Error(`There is no model ${id}.`);
    return modelRecordOf(model);
  }
}

/** How audit events name a model. */
export function modelRecordOf({ id, dsl, modules }: MemoryModel): ModelRecord {
  const text = canonicalJson([dsl, modules ?? null]);
  return { model: id, digest: createHash('sha256').update(text).digest('hex') };
}

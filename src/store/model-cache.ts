import { prepareModel } from '../engine/check.ts';
import type { PreparedModel } from '../engine/goal.ts';
import type { ModelModule, ModelSource } from '../model/model-source.ts';
import { parseStoredModel } from '../model/parse-model.ts';
import { withRuntimeParameters } from '../model/runtime-parameters.ts';
import { rowsOf, type TransactionSql } from './connect.ts';
import { readTerms, type Terms } from './terms.ts';

/** A published model, compiled, with the numbers of its names. */
export interface LoadedModel {
  readonly id: number;
  readonly prepared: PreparedModel;
  readonly terms: Terms;
}

/** A stored model that an earlier version admitted and this one does not. */
export class UnreadableModel extends Error {}

/** Compiled models by id. Published models never change, so nothing here is ever stale; old ones are dropped. */
export class ModelCache {
  readonly #runtimeParameters: readonly string[];
  readonly #models = new Map<number, LoadedModel>();

  /** `runtimeParameters` are the request's in every model, besides those that the model declares. */
  constructor(runtimeParameters: readonly string[]) {
    this.#runtimeParameters = runtimeParameters;
  }

  /** The model with this id, read in the caller's transaction unless it is known; undefined when there is none. */
  async load(sql: TransactionSql, id: number): Promise<LoadedModel | undefined> {
    const known = this.#models.get(id);
    if (known !== undefined) return known;
    const [row] = rowsOf(await sql<ModelText[]>`select dsl, modules from model where id = ${id}`);
    if (row === undefined) return undefined;
    const parsed = parseStoredModel(sourceOf(row));
    if (!parsed.ok) throw new UnreadableModel(`The stored model ${id} cannot be compiled any more.`);
    const prepared = prepareModel(withRuntimeParameters(parsed.value.model, this.#runtimeParameters));
    const loaded = { id, prepared, terms: await readTerms(sql) };
    this.#models.set(id, loaded);
    this.#dropOldest();
    return loaded;
  }

  #dropOldest(): void {
    for (const id of this.#models.keys()) {
      if (this.#models.size <= maxModels) return;
      this.#models.delete(id);
    }
  }
}

const maxModels = 16;

interface ModelText {
  readonly dsl: string;
  readonly modules: readonly ModelModule[] | null;
}

function sourceOf({ dsl, modules }: ModelText): ModelSource {
  return modules === null ? { kind: 'dsl', dsl } : { kind: 'modules', modules };
}

import type { PreparedModel } from '../../engine/prepared-model.ts';
import { prepareModel } from '../../engine/prepared-model.ts';
import type { ModelParser } from '../../model/model-parser.ts';
import { withRuntimeParameters } from '../../model/runtime-parameters.ts';
import type { Terms } from '../terms.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import { readModelSource } from './read-model.ts';
import type { TransactionSql } from './sql.ts';
import { readTerms } from './terms.ts';

/** A published model, compiled, with the numbers of its names. */
export interface LoadedModel {
  readonly id: number;
  readonly prepared: PreparedModel;
  readonly terms: Terms;
}

/** Models that are in memory. */
export interface LoadsModels {
  /** The model with this id; undefined when there is none. */
  load(id: number): LoadedModel | undefined;
}

type Read = <Value>(use: (sql: TransactionSql) => Promise<Value>) => Promise<Value>;

/** Compiled models by id. Published models never change, so nothing here is ever stale; those not asked for lately are dropped. */
export class ModelCache {
  /** The model that was active when somebody looked last: a guess. Whoever goes by it makes sure that it still is. */
  lastActive: number | undefined;
  readonly #parser: ModelParser;
  readonly #runtimeParameters: readonly string[];
  readonly #read: Read;
  #models = new Map<number, LoadedModel>();
  #loading = new Map<number, Promise<LoadedModel | undefined>>();
  #unreadable: Unreadable = new Map();

  /** `runtimeParameters` are the request's in every model, besides those that the model declares. */
  constructor(parser: ModelParser, runtimeParameters: readonly string[], read: Read) {
    this.#parser = parser;
    this.#runtimeParameters = runtimeParameters;
    this.#read = read;
  }

  /** The model with this id, read unless it is known; however many ask at once, it is read once. Throws `UnreadableModel`. */
  async load(id: number): Promise<LoadedModel | undefined> {
    const known = this.#find(id) ?? this.#loading.get(id);
    if (known !== undefined) return known;
    const all = this.#loading;
    const loading = this.#load(id).finally(() => all.delete(id));
    all.set(id, loading);
    return loading;
  }

  /** For when the database turns out to have another history, in which the same numbers are other models'. */
  forget(): void {
    this.#models = new Map();
    this.#loading = new Map();
    this.#unreadable = new Map();
  }

  /**
   * Runs work in which no model may be read, because it holds a lock or a connection. When it asks for one that is not in
   * memory it is ended, and begins again when the model has been read.
   */
  async withModels<Value>(work: (models: LoadsModels) => Promise<Value>): Promise<Value> {
    const missing = new Set<number>();
    const load = (id: number) => {
      const known = this.#find(id);
      if (known === undefined && !missing.has(id)) throw new ModelNotLoaded(id);
      return known;
    };
    for (;;) {
      try {
        return await work({ load });
      } catch (error) {
        if (!(error instanceof ModelNotLoaded)) throw error;
        // What was loaded may be forgotten by now, and is loaded again then.
        const isThere = await this.load(error.id).then((model) => model !== undefined, isUnreadable);
        if (!isThere) missing.add(error.id);
      }
    }
  }

  #find(id: number): LoadedModel | undefined {
    const known = this.#models.get(id);
    if (known !== undefined) {
      // To the end of the order: what is asked for is not dropped.
      this.#models.delete(id);
      this.#models.set(id, known);
      return known;
    }
    const unreadable = this.#unreadable.get(id);
    if (unreadable === undefined) return undefined;
    if (performance.now() < unreadable.until) throw unreadable.error;
    this.#unreadable.delete(id);
    return undefined;
  }

  async #load(id: number): Promise<LoadedModel | undefined> {
    // What was begun before everything was forgotten is not remembered.
    const [models, unreadable] = [this.#models, this.#unreadable];
    const source = await this.#read((sql) => readModelSource(sql, id));
    if (source === undefined) return undefined;
    const parsed = await this.#parser.parse(source, 'load');
    if (!parsed.ok) throw remembered(unreadable, new UnreadableModel(id, parsed.problem));
    const prepared = prepareModel(withRuntimeParameters(parsed.value.model, this.#runtimeParameters));
    const loaded = { id, prepared, terms: await this.#read(readTerms) };
    models.set(id, loaded);
    for (const oldest of models.keys()) {
      if (models.size <= maxModels) break;
      models.delete(oldest);
    }
    return loaded;
  }
}

type Unreadable = Map<number, { readonly error: UnreadableModel; readonly until: number }>;

function remembered(unreadable: Unreadable, error: UnreadableModel): UnreadableModel {
  const isForGood = error.problems.every(({ code }) => code === 'INVALID_MODEL');
  const until = isForGood ? Number.POSITIVE_INFINITY : performance.now() + retryMs;
  unreadable.set(error.id, { error, until });
  return error;
}

const maxModels = 16;
/** After this, a model that took too long, or could not be read at the time, is tried again. */
const retryMs = 10_000;

class ModelNotLoaded extends Error {
  readonly id: number;

  constructor(id: number) {
    super(`The model ${id} is not loaded.`);
    this.id = id;
  }
}

/** That a model cannot be used is for the work to say, which may not need it after all. */
function isUnreadable(error: unknown): true {
  if (!(error instanceof UnreadableModel)) throw error;
  return true;
}

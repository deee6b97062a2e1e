import type { PreparedModel } from '../../engine/prepared-model.ts';
import { prepareModel } from '../../engine/prepared-model.ts';
import { readDescriptions } from '../../model/model-descriptions.ts';
import type { ModelParser } from '../../model/model-parser.ts';
import { withRuntimeParameters } from '../../model/runtime-parameters.ts';
import { writtenSource } from '../model-text.ts';
import type { Terms } from '../terms.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import type { Connections } from './connection-pool.ts';
import { goesOnFrom, isSameEvent, type LastEvent, readSeenState, type SeenState } from './last-event.ts';
import { readModelText } from './read-model.ts';
import { sentTogether } from './sent-together.ts';
import type { TransactionSql } from './sql.ts';
import { readTerms } from './terms.ts';

/** A published model, compiled, with the numbers of its names. */
export interface LoadedModel {
  readonly id: number;
  readonly prepared: PreparedModel;
  readonly terms: Terms;
}

/** A model in memory. Its number may be another one's where the database has another history, so whoever uses it proves what it is of. */
export interface KnownModel {
  readonly model: LoadedModel;
  /** The last event when it was read. */
  readonly since: LastEvent;
  /** The latest state that is known to go on from there. */
  readonly seen: LastEvent;
}

interface Entry extends KnownModel {
  seen: LastEvent;
}

/** Models that are in memory. */
export interface LoadsModels {
  /** The model with this id in the history of a state, which the transaction sees; undefined when there is none. */
  load(id: number, state: OpenedState, sql: TransactionSql): Promise<LoadedModel | undefined>;
  /** The model that was active when somebody looked last, as far as anybody did. */
  guess(): KnownModel | undefined;
  /** What is worth asking when a state is opened. */
  seen(): LastEvent | undefined;
}

/** A state, and what was asked about it when it was opened. */
export interface OpenedState extends SeenState {
  readonly asked: LastEvent | undefined;
}

/** Compiled models by id. In one history published models never change; those not asked for lately are dropped. */
export class ModelCache {
  /** The model that was active when somebody looked last: a guess. Whoever goes by it makes sure that it still is. */
  lastActive: number | undefined;
  readonly #parser: ModelParser;
  readonly #runtimeParameters: readonly string[];
  readonly #connections: Connections;
  #models = new Map<number, Entry>();
  #underWay = new Map<number, Promise<Entry | undefined>>();
  #unreadable: Unreadable = new Map();

  /** `runtimeParameters` are the request's in every model, besides those that the model declares. */
  constructor(parser: ModelParser, runtimeParameters: readonly string[], connections: Connections) {
    this.#parser = parser;
    this.#runtimeParameters = runtimeParameters;
    this.#connections = connections;
  }

  /** The model whose id a read says, in the history in which it says so. */
  load(read: (sql: TransactionSql) => Promise<number | undefined>): Promise<LoadedModel | undefined> {
    return this.withModels((models) =>
      this.#inSnapshot(async (sql) => {
        const [state, id] = await sentTogether([readSeenState(sql, undefined), read(sql)]);
        return id === undefined ? undefined : models.load(id, { ...state, asked: undefined }, sql);
      }),
    );
  }

  /** For when the database turns out to have another history, in which the same numbers are other models'. */
  forget(): void {
    this.#models = new Map();
    this.#underWay = new Map();
    this.#unreadable = new Map();
  }

  /** The model that is thought to be active, as far as it is in memory. */
  get guessed(): KnownModel | undefined {
    return this.#models.get(this.lastActive ?? 0);
  }

  /** Whether a state goes on from where a model was known when it was asked for; if it does not, all are forgotten. */
  confirms(known: KnownModel, isOfModel: boolean, { identity, event, hash }: LastEvent): boolean {
    const entry = this.#models.get(known.model.id);
    if (!isOfModel) this.forget();
    else if (entry === known && event > entry.seen.event) entry.seen = { identity, event, hash };
    return isOfModel;
  }

  /**
   * Runs work in which no model may be read, because it holds a lock or a connection. When it asks for one that is not in
   * memory it is ended, and begins again when the model has been read.
   */
  async withModels<Value>(work: (models: LoadsModels) => Promise<Value>): Promise<Value> {
    const missing = new Set<number>();
    for (;;) {
      try {
        return await work(this.#loading(missing));
      } catch (error) {
        if (!(error instanceof ModelNotLoaded)) throw error;
        // What was loaded may be forgotten by now, and is loaded again then.
        const isThere = await this.#ensure(error.id).then((model) => model !== undefined, isUnreadable);
        if (!isThere) missing.add(error.id);
      }
    }
  }

  /** Without those that there are not. */
  #loading(missing: ReadonlySet<number>): LoadsModels {
    return {
      load: async (id, state, sql) => (missing.has(id) ? undefined : this.#proven(id, state, sql)),
      seen: () => this.guessed?.seen,
      guess: () => {
        const { lastActive } = this;
        if (lastActive === undefined) return undefined;
        const known = this.#find(lastActive);
        if (known === undefined && !missing.has(lastActive)) throw new ModelNotLoaded(lastActive);
        return known;
      },
    };
  }

  /** Throws unless the one in memory is of the state; it may only be newer than that, which shows when it is looked for again. */
  async #proven(id: number, state: OpenedState, sql: TransactionSql): Promise<LoadedModel> {
    const entry = this.#find(id);
    if (entry === undefined || !(await isOf(entry, state, sql))) throw new ModelNotLoaded(id);
    if (state.event > entry.seen.event) entry.seen = state;
    return entry.model;
  }

  /** The model with this id in the present history, read unless it is known; however many ask at once, it is read once. */
  async #ensure(id: number): Promise<Entry | undefined> {
    const known = this.#find(id);
    if (known !== undefined) {
      const present = await this.#connections.read('models', (sql) => readSeenState(sql, known.since));
      if (goesOnFrom(known.since, present)) {
        // What was seen last may be of a history that is lost.
        known.seen = present;
        return known;
      }
      this.forget();
    }
    const all = this.#underWay;
    const loading = all.get(id) ?? this.#load(id).finally(() => all.delete(id));
    all.set(id, loading);
    return loading;
  }

  #find(id: number): Entry | undefined {
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

  async #load(id: number): Promise<Entry | undefined> {
    // What was begun before everything was forgotten is not remembered.
    const [models, unreadable] = [this.#models, this.#unreadable];
    const read = await this.#inSnapshot((sql) => sentTogether([readSeenState(sql, undefined), readModelText(sql, id)]));
    const [since, text] = read;
    if (text === undefined) return undefined;
    const parsed = await this.#parser.parse(text.source, 'load');
    if (!parsed.ok) throw remembered(unreadable, new UnreadableModel(id, parsed.problem));
    const model = withRuntimeParameters(parsed.value.model, this.#runtimeParameters);
    const prepared = prepareModel(model, { id, descriptions: readDescriptions(writtenSource(text)) });
    const [seen, terms] = await this.#inSnapshot((sql) => sentTogether([readSeenState(sql, since), readTerms(sql)]));
    // There was a fail-over in between: the names may be numbered otherwise.
    if (!goesOnFrom(since, seen)) return this.#load(id);
    const entry = { model: { id, prepared, terms }, since: seen, seen };
    models.set(id, entry);
    for (const oldest of models.keys()) {
      if (models.size <= maxModels) break;
      models.delete(oldest);
    }
    return entry;
  }

  #inSnapshot<Value>(read: (sql: TransactionSql) => Promise<Value>): Promise<Value> {
    return this.#connections.transaction('models', 'isolation level repeatable read read only', read);
  }
}

/** Whether a model is of the history of a state. */
async function isOf({ since, seen }: KnownModel, state: OpenedState, sql: TransactionSql): Promise<boolean> {
  if (isSameEvent(seen, state)) return true;
  if (state.asked !== undefined && isSameEvent(seen, state.asked)) return goesOnFrom(seen, state);
  return goesOnFrom(since, await readSeenState(sql, since));
}

type Unreadable = Map<number, { readonly error: UnreadableModel; readonly until: number }>;

function remembered(unreadable: Unreadable, error: UnreadableModel): UnreadableModel {
  const isForGood = error.problems.every(({ code }) => code === 'INVALID_MODEL');
  const until = performance.now() + (isForGood ? retryForGoodMs : retryMs);
  unreadable.set(error.id, { error, until });
  return error;
}

const maxModels = 16;
/** After this, a model that took too long, or could not be read at the time, is tried again. */
const retryMs = 10_000;
/** One that cannot be read for good may be another one after a fail-over or a restore, and nobody would notice. */
const retryForGoodMs = 60_000;

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

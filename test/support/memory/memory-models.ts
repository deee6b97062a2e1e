import { type PreparedModel, prepareModel } from '../../../src/engine/prepared-model.ts';
import { readDescriptions } from '../../../src/model/model-descriptions.ts';
import { withRuntimeParameters } from '../../../src/model/runtime-parameters.ts';
import { type ModelText, writtenSource } from '../../../src/store/model-text.ts';
import type { StoredModel } from '../../../src/store/stored-model.ts';
import { UnreadableModel } from '../../../src/store/unreadable-model.ts';
import { localParser } from '../local-parser.ts';
import type { MemoryModel, MemoryState } from './memory-state.ts';

/** Published models, compiled once; they never change. */
export class MemoryModels {
  readonly #runtimeParameters: readonly string[];
  readonly #prepared = new Map<MemoryModel, PreparedModel>();

  constructor(runtimeParameters: readonly string[]) {
    this.#runtimeParameters = runtimeParameters;
  }

  /** Undefined when there is none with this id. */
  async load({ models }: MemoryState, id: number): Promise<PreparedModel | undefined> {
    const stored = models.find((model) => model.id === id);
    const known = stored && this.#prepared.get(stored);
    if (stored === undefined || known !== undefined) return known;
    const text = modelTextOf(stored);
    const parsed = await localParser.parse(text.source, 'load');
    if (!parsed.ok) throw new UnreadableModel(id, parsed.problem);
    const model = withRuntimeParameters(parsed.value.model, this.#runtimeParameters);
    const prepared = prepareModel(model, { descriptions: readDescriptions(writtenSource(text)) });
    this.#prepared.set(stored, prepared);
    return prepared;
  }
}

export function modelTextOf({ dsl, modules }: MemoryModel): ModelText {
  return { source: { kind: 'dsl', dsl }, modules };
}

/** A published model as it was written; the active one without an id. */
export function storedModelOf(state: MemoryState, id: number | undefined): StoredModel | undefined {
  return storedModelsOf(state).find((model) => (id === undefined ? model.active : model.id === id));
}

/** Published models as they were written, the newest first; at most `first`, below `before`. */
export function newestModels(state: MemoryState, first: number, before = Infinity): readonly StoredModel[] {
  return storedModelsOf(state)
    .filter(({ id }) => id < before)
    .slice(0, first);
}

function storedModelsOf({ models, activeModel }: MemoryState): readonly StoredModel[] {
  return models.toReversed().map(({ modules: _, ...model }) => ({ ...model, active: model.id === activeModel }));
}

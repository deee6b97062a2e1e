import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SnapshotOptions } from '../../../src/engine/ports.ts';
import type { ObjectRef } from '../../../src/model/object-ref.ts';
import type { Seat } from '../../../src/store/lanes.ts';
import { NoModel } from '../../../src/store/no-model.ts';
import type { PublishedModels, ReadState, StoreReader } from '../../../src/store/store-reader.ts';
import type { StoreSnapshot } from '../../../src/store/store-snapshot.ts';
import { pageOfEvents } from './memory-audit-log.ts';
import { type MemoryModels, newestModels, storedModelOf } from './memory-models.ts';
import { filterProposals, presentOf } from './memory-proposals.ts';
import { readMemoryRelationships } from './memory-relationships.ts';
import { MemorySnapshot } from './memory-snapshot.ts';
import type { MemoryState } from './memory-state.ts';

/** Reads what was committed last when a read begins. */
export class MemoryReader implements StoreReader {
  readonly timeoutMs: number;
  readonly #present: () => MemoryState;
  readonly #models: MemoryModels;
  readonly #seat: Seat;

  constructor(present: () => MemoryState, models: MemoryModels, timeoutMs: number, seat: Seat) {
    this.#present = present;
    this.#models = models;
    this.timeoutMs = timeoutMs;
    this.#seat = seat;
  }

  withSnapshot<Answer>(
    _objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot) => Promise<Answer>,
    { modelId }: SnapshotOptions = {},
  ): Promise<Answer> {
    return this.#read(async (state) => use(await openMemorySnapshot(state, this.#models, this.#seat, modelId)));
  }

  /** Has none: what is asked of it is asked of a snapshot. */
  async withExcerpt(): Promise<undefined> {
    return undefined;
  }

  withModels<Answer>(
    _objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot, models: PublishedModels) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    return this.#read(async (state) => {
      const [newest] = newestModels(state, 1);
      if (newest === undefined) throw new NoModel('No authorization model is published.');
      if (state.activeModel === null) return undefined;
      const snapshot = await openMemorySnapshot(state, this.#models, this.#seat);
      return use(snapshot, { newest, load: (id) => this.#models.load(state, id) });
    });
  }

  withState<Answer>(use: (state: ReadState) => Promise<Answer>): Promise<Answer> {
    return this.#read((state) =>
      use({
        open: () => openMemorySnapshot(state, this.#models, this.#seat),
        hasOutcome: async (actor, key) => state.outcomes.has(JSON.stringify([actor, key])),
        position: async () => ({
          identity: state.identity,
          revision: state.revision,
          mark: undefined,
          now: new Date(),
        }),
        readRelationships: async (filter, first, after) => readMemoryRelationships(state, filter, first, after),
        readAuditEvents: async (filter, first, before) => pageOfEvents(state, filter, first, before),
        readModel: async (id) => storedModelOf(state, id),
        readModels: async (first, before) => newestModels(state, first, before),
        readProposal: async (id) => presentOf(state.proposals, id),
        readProposals: async (filter, first, before) =>
          filterProposals(state.proposals, filter, before).slice(0, first),
      }),
    );
  }

  #read<Answer>(use: (state: MemoryState) => Promise<Answer>): Promise<Answer> {
    return this.#seat.turn(async () => {
      // As long as one of a database takes at least: who reads without end keeps nobody else from their turn.
      await nextTurn();
      return use(this.#present());
    }, 'A read of the memory');
  }
}

/** A snapshot under the active model, or the one with this id. */
export async function openMemorySnapshot(
  state: MemoryState,
  models: MemoryModels,
  { payer }: Seat,
  modelId?: number,
): Promise<MemorySnapshot> {
  const wanted = modelId ?? state.activeModel;
  const prepared = wanted === null ? undefined : await models.load(state, wanted);
  if (prepared !== undefined) return new MemorySnapshot(state, prepared, payer);
  throw new NoModel(wanted === null ? 'No authorization model is active.' : `There is no model ${wanted}.`);
}

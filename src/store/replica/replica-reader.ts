import { zip } from '../../base/zip.ts';
import type { Excerpt, ExcerptQuery } from '../../engine/excerpt.ts';
import { Meter, maxSteps } from '../../engine/meter.ts';
import type { FreshnessOptions, SnapshotOptions } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Seat } from '../lanes.ts';
import type { PublishedModels, ReadState, StoreReader } from '../store-reader.ts';
import type { StoreSnapshot } from '../store-snapshot.ts';
import type { OlderStates } from './older-states.ts';
import type { Passed, Replica } from './replica.ts';
import { ReplicaExcerpt } from './replica-excerpt.ts';
import { HistoryDiverged, NotProven } from './replica-problems.ts';
import { ReplicaSnapshot } from './replica-snapshot.ts';
import { silentNames } from './silent-names.ts';

export interface ReplicaParts {
  readonly replica: Replica;
  readonly older: OlderStates;
}

/**
 * Answers from the replica what can be, and asks the store for the rest: as long as the replica is not loaded or cannot prove its
 * state, under a model that is named, where the history of relationships is asked for, and for what is about to be written.
 */
export class ReplicaReader implements StoreReader {
  readonly #store: StoreReader;
  readonly #replica: Replica;
  readonly #older: OlderStates;
  readonly #seat: Seat;

  constructor(store: StoreReader, { replica, older }: ReplicaParts, seat: Seat) {
    this.#store = store;
    this.#replica = replica;
    this.#older = older;
    this.#seat = seat;
  }

  get timeoutMs(): number {
    return this.#store.timeoutMs;
  }

  async withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot) => Promise<Answer>,
    options: SnapshotOptions = {},
  ): Promise<Answer> {
    const isCovered = this.#replica.isLoaded && options.modelId === undefined && options.history !== true;
    const answered = isCovered ? await this.#answer(objects, use, options) : undefined;
    return answered === undefined ? this.#store.withSnapshot(objects, use, options) : answered.answer;
  }

  async withExcerpt<Answer>(
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
    options: FreshnessOptions = {},
  ): Promise<Answer | undefined> {
    const answered = this.#replica.isLoaded ? await this.#answerAtOnce(plan, use, options) : undefined;
    return answered === undefined ? this.#store.withExcerpt(plan, use, options) : answered.answer;
  }

  withModels<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot, models: PublishedModels) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    return this.#store.withModels(objects, use);
  }

  withState<Answer>(use: (state: ReadState) => Promise<Answer>): Promise<Answer> {
    return this.#store.withState(use);
  }

  #answer<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot) => Promise<Answer>,
    { consistency }: FreshnessOptions,
  ) {
    return this.#seat.turn(async () => {
      const endsAt = performance.now() + this.timeoutMs;
      const passed = await this.#pass(objects, consistency);
      if (passed === undefined) return undefined;
      const { state, nodes, isSilent } = passed;
      const options = { payer: this.#seat.payer, endsAt };
      const names = isSilent ? silentNames : this.#replica.feed.namesOf(state.position);
      const snapshot = new ReplicaSnapshot(state, names, zip(objects, nodes), options);
      return use(snapshot).then(
        (answer) => ({ answer }),
        (error: unknown) => this.#unlessDiverged(error),
      );
    }, what);
  }

  #answerAtOnce<Answer>(
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
    { consistency }: FreshnessOptions,
  ) {
    return this.#seat.turn(async () => {
      let model = this.#replica.model;
      // The model may be another one each time that the state is known.
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const query = model && plan(model.prepared);
        if (model !== undefined && query === undefined) return { answer: undefined };
        const objects = query === undefined ? [] : [...query.subjects, ...query.objects];
        const passed = await this.#pass(objects, consistency);
        if (passed === undefined) return undefined;
        if (query !== undefined && passed.state.model === model) {
          const excerpt = ReplicaExcerpt.of(passed.state, query, passed.nodes, new Meter(maxSteps, this.#seat.payer));
          return { answer: excerpt && (await use(excerpt)) };
        }
        model = passed.state.model;
      }
      return undefined;
    }, what);
  }

  /** Its state is of a history that the database has left: that one answers. */
  #unlessDiverged(error: unknown): undefined {
    if (!(error instanceof HistoryDiverged)) throw error;
    this.#replica.drop(error);
  }

  /** Whatever keeps the replica from proving its state, the store may still be asked, and says what is wrong if something is. */
  async #pass(objects: readonly ObjectRef[], consistency: Consistency | undefined): Promise<Passed | undefined> {
    if (!this.#older.areAllowedFor(consistency)) {
      return this.#replica.isFailing ? undefined : this.#replica.pass(objects).catch(() => undefined);
    }
    return this.#older.pass(objects, consistency).catch(unlessInVain);
  }
}

function unlessInVain(error: unknown): undefined {
  if (error instanceof NotProven) throw error;
}

const what = 'A read of the replica';
const mostAttempts = 3;

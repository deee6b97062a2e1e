import { at, type FaultPort } from '../../base/fault-port.ts';
import { turns } from '../../base/turns.ts';
import { DeadlineExceeded, withDeadline } from '../../base/with-deadline.ts';
import type { NodeId } from '../../engine/ports.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { Barrier } from './barrier.ts';
import { EdgeNames } from './edge-names.ts';
import type { HistoryPoint } from './history-point.ts';
import { loadCopy } from './load-copy.ts';
import { mergeGeneration } from './merge-generation.ts';
import { Overlay } from './overlay.ts';
import type { ProvenState } from './proven-state.ts';
import { type Copy, type Proven, receive } from './replica-copy.ts';
import type { EdgeChange, NumberedModel, Probe, ReplicaFeed } from './replica-feed.ts';
import { bytesOf, bytesToMerge } from './replica-memory.ts';
import { DoesNotFit, HistoryDiverged, NotProven } from './replica-problems.ts';
import { type Moment, StateAtHand, thisMoment } from './state-at-hand.ts';

export interface Passed {
  readonly state: ProvenState;
  /** Those of the objects that were asked for, in their order. */
  readonly nodes: readonly (NodeId | undefined)[];
  /** Whether the store would be asked for names in vain. */
  readonly isSilent: boolean;
}

/** What a question to the store has shown, and when it was under way. */
interface Answered {
  readonly copy: Copy;
  readonly proven: Proven;
  /** Those of the objects that were asked about, in their order. */
  readonly nodes: readonly (NodeId | undefined)[];
  readonly sentAt: Moment;
  readonly answeredAt: Moment;
}

export interface ReplicaLimits {
  /** Most memory that it may take, also for the moment in which it is made anew. */
  readonly maxBytes: number;
  /** So many changes are never too many to be kept beside the base. */
  readonly leastOverlay?: number;
  /** How long it waits for the store to prove a state. */
  readonly patienceMs?: number;
  readonly faults?: FaultPort | undefined;
}

/**
 * The edges of a store in memory, kept up to date by its changes.
 *
 * It says nothing by itself: each state that it gives was proven by a question to the store that was sent after it was asked for.
 * Where it cannot, it gives none, and whoever asks asks the store. What does not fit together ends in that, too: the copy is
 * dropped, and loaded again.
 */
export class Replica {
  readonly #feed: ReplicaFeed;
  readonly #maxBytes: number;
  readonly #leastOverlay: number;
  readonly #patienceMs: number;
  readonly #faults: FaultPort | undefined;
  readonly #barrier = new Barrier((objects) => this.#probe(objects));
  readonly #waiting: (() => void)[] = [];
  /** What the last question to the store has failed with; undefined when it was answered. */
  #failure: unknown;
  #dropped = new AbortController();
  #copy: Copy | undefined;

  constructor(feed: ReplicaFeed, { maxBytes, leastOverlay = 2000, patienceMs = 1000, faults }: ReplicaLimits) {
    this.#feed = feed;
    this.#maxBytes = maxBytes;
    this.#leastOverlay = leastOverlay;
    this.#patienceMs = patienceMs;
    this.#faults = faults;
  }

  get feed(): ReplicaFeed {
    return this.#feed;
  }

  /** Whether it can be asked for states. */
  get isLoaded(): boolean {
    return this.#copy !== undefined;
  }

  /** Returns when it can be asked for states. */
  whenLoaded(): Promise<void> {
    return this.isLoaded ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The revision up to which it has all changes; undefined when it is not loaded. */
  get revision(): number | undefined {
    return this.#copy?.position.revision;
  }

  /** The last state that was proven, as long as its history is not known to have ended. */
  get atHand(): StateAtHand | undefined {
    return this.#copy?.atHand;
  }

  /** Whether the store is silent: it has failed to answer the last question, or takes long to answer the one that is under way. */
  isSilent(longMs: number): boolean {
    return this.#failure !== undefined || this.#barrier.underWayMs > longMs;
  }

  /** Whether the last question has failed: nobody waits for another one before it was answered. */
  get isFailing(): boolean {
    return this.#failure !== undefined;
  }

  /** Whether the last question was not answered at all, so that others would wait in vain. */
  get isHanging(): boolean {
    return this.#failure instanceof DeadlineExceeded;
  }

  /** The numbers of objects as far as they are remembered; in their order. */
  recall(objects: readonly ObjectRef[]): readonly (NodeId | undefined)[] {
    return objects.map((object) => this.#copy?.numbers.find(object));
  }

  /** The model that decided when it was asked last. */
  get model(): NumberedModel | undefined {
    return this.#copy?.named?.model;
  }

  /** What it takes of memory, about. */
  get bytes(): number {
    return this.#copy === undefined ? 0 : bytesOf(this.#copy);
  }

  /** Reads the store whole. Throws `DoesNotFit` where it is too large. */
  async load(): Promise<void> {
    this.#copy = await loadCopy(this.#feed, (bytes) => this.#fit(bytes));
    this.#failure = undefined;
    if (this.#dropped.signal.aborted) this.#dropped = new AbortController();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Says, as long as it is loaded, when and why it is not any more. */
  get dropped(): AbortSignal {
    return this.#dropped.signal;
  }

  drop(reason: unknown): void {
    this.#copy = undefined;
    if (reason instanceof HistoryDiverged) this.#feed.forgetModels();
    this.#dropped.abort(reason);
  }

  /**
   * The state of now, at least: it has everything that was committed when this was called. Undefined when there is none to give;
   * throws `NotProven` when the store does not answer, or not within `patienceMs`, and else what the store throws.
   */
  async pass(objects: readonly ObjectRef[], patienceMs?: number): Promise<Passed | undefined> {
    const copy = this.#copy;
    if (copy === undefined) return undefined;
    const nodes = this.recall(objects);
    const missing = objects.filter((_, index) => nodes[index] === undefined);
    const isShared = missing.length + this.#barrier.named <= mostNamesShared;
    const pass = () => this.#barrier.pass(isShared ? missing : [], patienceMs);
    const { outcome, start } = await at(this.#faults, 'passBarrier', pass);
    // Another copy may be of another history, whose numbers are others.
    if (outcome?.copy !== copy) return undefined;
    const state = await this.#stateOf(outcome);
    if (state === undefined) return undefined;
    const found = isShared
      ? outcome.nodes.slice(start, start + missing.length)
      : await this.#readNodes(copy, missing, patienceMs);
    let place = 0;
    return { state, nodes: nodes.map((node) => node ?? found[place++]), isSilent: false };
  }

  /** Brings it up to now, and puts what was changed in its place where that is much. */
  async follow(): Promise<void> {
    for (;;) {
      const { outcome } = await this.#barrier.pass([]);
      const copy = this.#copy;
      if (copy === undefined) return;
      const { base, overlay } = copy.generation;
      const isMuch = overlay.size > Math.max(this.#leastOverlay, base.size * largestShare);
      if (isMuch && copy.sinceMerge === undefined) await this.#merge(copy);
      // Otherwise there is more to bring.
      if (outcome === undefined) continue;
      // That its model cannot be read is said to whoever asks.
      await this.#stateOf(outcome).catch(() => undefined);
      return;
    }
  }

  #fit(bytes: number): void {
    if (bytes > this.#maxBytes) throw new DoesNotFit(`The replica would take more than ${this.#maxBytes} bytes.`);
  }

  async #probe(objects: readonly ObjectRef[]): Promise<Answered | undefined> {
    const copy = this.#copy;
    if (copy === undefined) return undefined;
    const sentAt = thisMoment();
    const probe = await this.#askStore(copy.position, objects);
    const answeredAt = thisMoment();
    // It may have been dropped meanwhile; the next one is loaded from a state of its own.
    if (this.#copy !== copy) return undefined;
    try {
      const proven = receive(copy, probe);
      this.#fit(bytesOf(copy));
      if (proven === undefined) return undefined;
      copy.numbers.learn(objects, probe.nodes);
      return { copy, proven, nodes: probe.nodes, sentAt, answeredAt };
    } catch (error) {
      // Whatever does not go together: nothing is answered from what is left of it.
      this.drop(error);
      throw error;
    }
  }

  /** What comes too late is dropped: the next one may have been answered by then. */
  async #askStore(since: HistoryPoint, objects: readonly ObjectRef[]): Promise<Probe> {
    try {
      const probe = await withDeadline(this.#feed.probe(since, objects), this.#patienceMs, 'A look at the store');
      this.#failure = undefined;
      return probe;
    } catch (error) {
      this.#failure = error;
      throw new NotProven('The store has not proven the state of the replica.', { cause: error });
    }
  }

  /** Of the history of a state that is proven: whatever has no number by now is in none of its edges. */
  async #readNodes(
    copy: Copy,
    objects: readonly ObjectRef[],
    patienceMs = this.#patienceMs,
  ): Promise<readonly (NodeId | undefined)[]> {
    try {
      const reading = this.#feed.namesOf(copy.position).readNodes(objects);
      const nodes = await withDeadline(reading, patienceMs, 'A look for names');
      copy.numbers.learn(objects, nodes);
      return nodes;
    } catch (error) {
      if (!(error instanceof HistoryDiverged))
        throw new NotProven('The store has not said which objects it knows.', { cause: error });
      if (this.#copy === copy) this.drop(error);
      throw error;
    }
  }

  async #stateOf({ copy, proven, sentAt, answeredAt }: Answered): Promise<ProvenState | undefined> {
    const { view, position, activeModel } = proven;
    if (activeModel === undefined) return undefined;
    const named =
      copy.named?.model.id === activeModel ? copy.named : await this.#nameEdges(copy, activeModel, position);
    if (named === undefined) return undefined;
    const state = { position, view, ageMs: 0, ...named };
    // Those who share it come to this one after the other, and those who wait for a model late.
    const isNews = copy.atHand === undefined || copy.atHand.isFromBefore(sentAt);
    if (isNews) copy.atHand = new StateAtHand(state, sentAt, answeredAt);
    return state;
  }

  async #nameEdges(copy: Copy, activeModel: number, position: HistoryPoint): Promise<Copy['named']> {
    const model = await this.#feed.loadModel(activeModel, position);
    if (model === undefined) return undefined;
    // Others may have waited for the same one.
    if (copy.named?.model !== model) copy.named = { model, names: new EdgeNames(model.terms) };
    return copy.named;
  }

  async #merge(copy: Copy): Promise<void> {
    try {
      this.#fit(bytesOf(copy) + bytesToMerge(copy.generation));
      const changes: EdgeChange[] = [];
      copy.sinceMerge = changes;
      const base = await mergeGeneration(copy.generation, copy.position.revision);
      const overlay = new Overlay(base);
      // More may come in every turn but the last.
      for (let next = 0; next < changes.length; ) {
        for (const change of changes.slice(next, next + changesPerTurn)) overlay.apply(change);
        next += changesPerTurn;
        if (next < changes.length) await turns.rest();
      }
      copy.sinceMerge = undefined;
      copy.generation = { base, overlay };
    } catch (error) {
      if (this.#copy === copy) this.drop(error);
    }
  }
}

/** Of the base, what was changed since may be. */
const largestShare = 0.03;
const changesPerTurn = 500;
/** More are looked up apart from the question that everybody shares: nobody waits for the names of a large request but who sent it. */
const mostNamesShared = 256;

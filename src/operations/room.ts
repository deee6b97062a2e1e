import type { ServedCaller } from './callers.ts';
import { Pace } from './pace.ts';

export interface RoomLimits {
  /** Weight of what is accepted, and of what of it is worked on at once. */
  readonly size: number;
  readonly atOnce: number;
  /** How long anything waits at most, whatever holds up those before it. */
  readonly waitMs: number;
}

/** What would have to wait longer, as fast as work is done now, is refused at once: whoever asks may do so again sooner. */
const mostExpectedMs = 200;

export interface RoomWeights {
  /** Of all that is accepted, and of what of it is worked on. */
  readonly weight: number;
  readonly running: number;
  readonly size: number;
  /** How often there was no room, or no turn in time. */
  readonly refused: number;
}

/** What one request has of a room. */
export interface Stay {
  /** Undefined where it may begin at once; else whether it may, when it is its turn. */
  readonly turn: Promise<boolean> | undefined;
  /** Says how heavy it is. */
  weigh(weight: number): void;
  leave(): void;
}

/** Room for one kind of work: some is worked on, and the rest waits in the order in which it came. */
export class Room {
  readonly #limits: RoomLimits;
  readonly #accepted = new Sum();
  readonly #running = new Sum();
  readonly #ofCallers = new Map<string, Sum>();
  readonly #line = new Set<Guest>();
  readonly #pace = new Pace();
  #refused = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  get use(): RoomWeights {
    const { size } = this.#limits;
    return { weight: this.#accepted.weight, running: this.#running.weight, size, refused: this.#refused };
  }

  /** Whoever comes when there is nobody is taken, whatever it weighs: it would be too heavy at any other time as well. */
  has({ name, kind }: ServedCaller, weight: number): boolean {
    if (this.#accepted.count === 0) return true;
    const { size } = this.#limits;
    const total = this.#accepted.weight + weight;
    if (total > size) return false;
    const own = (this.#ofCallers.get(name)?.weight ?? 0) + weight;
    return total <= size / 2 || own <= size / (kind === 'service' ? 2 : 4);
  }

  /** Undefined where there is no room, or where its turn would come too late. */
  enter(caller: ServedCaller, weight: number, isGone: () => boolean): Stay | undefined {
    if (!this.has(caller, weight) || this.#expectedWaitMs > mostExpectedMs) {
      this.#refused += 1;
      return undefined;
    }
    const guest = new Guest(caller.name, weight, isGone);
    this.#accept(guest);
    const isAtOnce = this.#line.size === 0 && this.#isRoomToWork(guest);
    if (isAtOnce) this.#begin(guest);
    else this.#queue(guest);
    const turn = isAtOnce ? undefined : guest.turn;
    return { turn, weigh: (actual) => this.#weigh(guest, actual), leave: () => this.#leave(guest) };
  }

  get #expectedWaitMs(): number {
    return this.#line.size === 0 ? 0 : this.#pace.msFor(this.#accepted.weight - this.#running.weight);
  }

  #accept({ name, weight }: Guest): void {
    this.#accepted.add(weight);
    const own = this.#ofCallers.get(name) ?? new Sum();
    own.add(weight);
    this.#ofCallers.set(name, own);
  }

  #queue(guest: Guest): void {
    if (this.#line.size === 0) this.#pace.start();
    this.#line.add(guest);
    this.#timer ??= setTimeout(() => this.#refuseLate(), this.#limits.waitMs);
  }

  #isRoomToWork({ weight }: Guest): boolean {
    return this.#running.count === 0 || this.#running.weight + weight <= this.#limits.atOnce;
  }

  #begin(guest: Guest): void {
    guest.state = 'running';
    this.#running.add(guest.weight);
  }

  #weigh(guest: Guest, weight: number): void {
    if (guest.state === 'gone') return;
    const more = weight - guest.weight;
    guest.weight = weight;
    this.#accepted.change(more);
    this.#ofCallers.get(guest.name)?.change(more);
    if (guest.state === 'running') this.#running.change(more);
    this.#beginNext();
  }

  #leave(guest: Guest): void {
    if (guest.state === 'gone') return;
    if (guest.state === 'running') {
      this.#running.remove(guest.weight);
      if (this.#line.size > 0) this.#pace.note(guest.weight);
    }
    this.#forget(guest);
    this.#beginNext();
  }

  /** One that waits is told that it need not. */
  #forget(guest: Guest): void {
    guest.state = 'gone';
    this.#line.delete(guest);
    this.#accepted.remove(guest.weight);
    const own = this.#ofCallers.get(guest.name);
    own?.remove(guest.weight);
    if (own?.count === 0) this.#ofCallers.delete(guest.name);
    guest.answer(false);
  }

  /** In the order in which they came: one that is heavy does not wait for all that are not. */
  #beginNext(): void {
    for (const guest of this.#line) {
      if (guest.isUnwanted()) {
        this.#forget(guest);
        continue;
      }
      if (!this.#isRoomToWork(guest)) break;
      this.#line.delete(guest);
      this.#begin(guest);
      guest.answer(true);
    }
    if (this.#line.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The first in the line are those that have waited longest. */
  #refuseLate(): void {
    const now = performance.now();
    this.#timer = undefined;
    for (const guest of this.#line) {
      const leftMs = guest.cameAt + this.#limits.waitMs - now;
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#refuseLate(), Math.ceil(leftMs));
        return;
      }
      this.#refused += 1;
      this.#forget(guest);
    }
  }
}

/** A request in a room. */
class Guest {
  readonly name: string;
  readonly isUnwanted: () => boolean;
  readonly cameAt = performance.now();
  weight: number;
  state: 'waiting' | 'running' | 'gone' = 'waiting';
  readonly #turn = Promise.withResolvers<boolean>();

  constructor(name: string, weight: number, isUnwanted: () => boolean) {
    this.name = name;
    this.weight = weight;
    this.isUnwanted = isUnwanted;
  }

  get turn(): Promise<boolean> {
    return this.#turn.promise;
  }

  answer(isTurn: boolean): void {
    this.#turn.resolve(isTurn);
  }
}

/** Weights are fractions: what is left of their sum when there is nobody is not nothing. */
class Sum {
  #count = 0;
  #weight = 0;

  get count(): number {
    return this.#count;
  }

  get weight(): number {
    return this.#weight;
  }

  add(weight: number): void {
    this.#count += 1;
    this.#weight += weight;
  }

  change(more: number): void {
    this.#weight += more;
  }

  remove(weight: number): void {
    this.#count -= 1;
    this.#weight = this.#count === 0 ? 0 : this.#weight - weight;
  }
}

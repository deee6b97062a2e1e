import type { ServedCaller } from './callers.ts';
import { Room, type Stay } from './room.ts';

/**
 * What a request turns out to be, as far as others are concerned: checks that decide whether something is done or shown at all,
 * checks that a page shows buttons by, writes, what is asked about many relationships, and previews that are worked on for seconds.
 */
export type WorkKind = 'enforcement' | 'display' | 'writes' | 'questions' | 'previews';

export const workKinds = [
  'enforcement',
  'display',
  'writes',
  'questions',
  'previews',
] as const satisfies readonly WorkKind[];

export interface RoomUse {
  readonly kind: WorkKind;
  /** Of all that was accepted, and of what of it is worked on. */
  readonly weight: number;
  readonly running: number;
  readonly size: number;
  readonly refused: number;
}

/** What is known of a request when it comes: of what kind it seems to be, and how heavy. */
export interface ComingWork {
  readonly kind: WorkKind;
  readonly weight: number;
  /** Whether nobody waits for it any more. */
  readonly isGone: () => boolean;
  /** Is told what it turned out to be. */
  readonly onKnown?: (kind: WorkKind, weight: number) => void;
}

/** How much of each kind is accepted, and worked on at once, for each hundred of what the server was told to accept. */
const shares: Readonly<Record<WorkKind, { readonly accepted: number; readonly atOnce: number }>> = {
  enforcement: { accepted: 100, atOnce: 25 },
  display: { accepted: 100, atOnce: 25 },
  writes: { accepted: 50, atOnce: 25 },
  questions: { accepted: 25, atOnce: 10 },
  previews: { accepted: 2, atOnce: 0 },
};
/** Two previews are worth waiting for, however little a server takes. */
const leastAccepted = 2;
const leastAtOnce = 1;

/**
 * What a server accepts, so that it does not take up what it cannot answer in time: whatever is more than that is refused at once,
 * as long as refusing is all that it costs. Of what it accepts it works on a part at once, and the rest waits, unread: what is worked on
 * is done sooner, and the thread is never far from whoever has to be told that there is no room.
 *
 * Each kind has room of its own, so that lists and previews never take that of checks, and pages never that of checks which
 * something depends on. From the half on, nobody has more than a quarter of a kind's room, a service the half: one caller alone fills
 * none of them.
 *
 * Weights are about milliseconds: a request that asks one thing weighs 1.
 */
export class Gate {
  readonly #rooms: Readonly<Record<WorkKind, Room>>;

  /** `size` is how many requests that ask one thing are accepted at once; `waitMs` how long one of them waits to be worked on at most. */
  constructor(size: number, waitMs: number) {
    const room = (kind: WorkKind) => {
      const { accepted, atOnce } = shares[kind];
      return new Room({
        size: Math.max(leastAccepted, Math.floor((size * accepted) / 100)),
        atOnce: Math.max(leastAtOnce, Math.floor((size * atOnce) / 100)),
        waitMs,
      });
    };
    this.#rooms = {
      enforcement: room('enforcement'),
      display: room('display'),
      writes: room('writes'),
      questions: room('questions'),
      previews: room('previews'),
    };
  }

  /** Whether a request of which nothing but its size is known yet could have room, whatever it is. It is taken by `enter`. */
  hasRoom(caller: ServedCaller, weight: number): boolean {
    return workKinds.some((kind) => this.#rooms[kind].has(caller, weight));
  }

  /** What is accepted of each kind, at most how much, and how often there was no room for more. */
  get rooms(): readonly RoomUse[] {
    return workKinds.map((kind) => ({ kind, ...this.#rooms[kind].use }));
  }

  /** Undefined where there is no room. What enters takes room until its pass is given back. */
  enter(caller: ServedCaller, work: ComingWork): Pass | undefined {
    const stay = this.#rooms[work.kind].enter(caller, work.weight, work.isGone);
    return stay && new Pass(this.#rooms, caller, work, stay);
  }
}

/** The room that one request has. */
export class Pass {
  readonly #rooms: Readonly<Record<WorkKind, Room>>;
  readonly #caller: ServedCaller;
  readonly #work: ComingWork;
  #kind: WorkKind;
  #stay: Stay | undefined;

  constructor(rooms: Readonly<Record<WorkKind, Room>>, caller: ServedCaller, work: ComingWork, stay: Stay) {
    this.#rooms = rooms;
    this.#caller = caller;
    this.#work = work;
    this.#kind = work.kind;
    this.#stay = stay;
  }

  get kind(): WorkKind {
    return this.#kind;
  }

  /** When to begin; undefined for at once. False where it must not: it has waited too long, or nobody waits for it any more. */
  get turn(): Promise<boolean> | undefined {
    return this.#stay?.turn;
  }

  /**
   * Says what it is, now that it is known, and waits for its turn among work of this kind; false where there is no room, and then
   * it has none at all. What is heavier than it seemed stays where it is: to begin was what it had to wait for.
   */
  async moveTo(kind: WorkKind, weight: number): Promise<boolean> {
    this.#work.onKnown?.(kind, weight);
    if (this.#stay === undefined) return false;
    if (kind === this.#kind) {
      this.#stay.weigh(weight);
      return true;
    }
    this.giveBack();
    this.#kind = kind;
    this.#stay = this.#rooms[kind].enter(this.#caller, weight, this.#work.isGone);
    return this.#stay !== undefined && (await (this.#stay.turn ?? true));
  }

  /** May be said more than once. */
  giveBack(): void {
    this.#stay?.leave();
    this.#stay = undefined;
  }
}

import type { ServedCaller } from './callers.ts';

/**
 * What a request turns out to be, as far as others are concerned: checks that somebody's page waits for, what is asked about
 * many relationships, writes, and previews that are worked on for seconds.
 */
export type WorkKind = 'checks' | 'questions' | 'writes' | 'previews';

export const workKinds = ['checks', 'questions', 'writes', 'previews'] as const satisfies readonly WorkKind[];

export interface RoomUse {
  readonly kind: WorkKind;
  readonly weight: number;
  readonly size: number;
  readonly refused: number;
}

/** How much of each kind is worked on at once, for each hundred of what the server was told to take. */
const shares: Readonly<Record<WorkKind, number>> = { checks: 100, questions: 25, writes: 50, previews: 2 };
/** Two previews are worth waiting for, however little a server takes. */
const leastRoom = 2;

/**
 * What a server works on at once, so that it does not take up what it cannot answer in time: whatever is more than that is
 * refused at once, as long as refusing is all that it costs. Each kind has room of its own, so that lists and
 * previews never take that of checks. From the half on, nobody has more than a quarter of a kind's room, a service the half:
 * one caller alone fills none of them.
 *
 * Weights are about milliseconds: a request that asks one thing weighs 1.
 */
export class Gate {
  readonly #rooms: Readonly<Record<WorkKind, Room>>;

  /** `size` is how many requests that ask one thing are worked on at once. */
  constructor(size: number) {
    const room = (kind: WorkKind) => new Room(Math.max(leastRoom, Math.floor((size * shares[kind]) / 100)));
    this.#rooms = {
      checks: room('checks'),
      questions: room('questions'),
      writes: room('writes'),
      previews: room('previews'),
    };
  }

  /** Whether there is room for a request of which nothing is known yet. It is taken by `enter`. */
  hasRoom(caller: ServedCaller): boolean {
    return this.#rooms.checks.admits(caller, 1);
  }

  /** What is worked on of each kind, at most how much, and how often there was no room for more. */
  get rooms(): readonly RoomUse[] {
    return workKinds.map((kind) => ({ kind, ...this.#rooms[kind].use }));
  }

  /** Undefined where there is no room. What enters takes room until its pass is given back. */
  enter(caller: ServedCaller, weight: number): Pass | undefined {
    if (!this.#rooms.checks.take(caller, weight)) return undefined;
    return new Pass(this.#rooms, caller, weight);
  }
}

/** The room that one request has. */
export class Pass {
  readonly #rooms: Readonly<Record<WorkKind, Room>>;
  readonly #caller: ServedCaller;
  #room: Room | undefined;
  #weight: number;

  constructor(rooms: Readonly<Record<WorkKind, Room>>, caller: ServedCaller, weight: number) {
    this.#rooms = rooms;
    this.#caller = caller;
    this.#room = rooms.checks;
    this.#weight = weight;
  }

  /** Takes room among work of this kind instead, now that it is known; false where there is none, and then it has none at all. */
  moveTo(kind: WorkKind, weight: number): boolean {
    this.giveBack();
    const room = this.#rooms[kind];
    if (!room.take(this.#caller, weight)) return false;
    [this.#room, this.#weight] = [room, weight];
    return true;
  }

  /** May be said more than once. */
  giveBack(): void {
    this.#room?.giveBack(this.#caller, this.#weight);
    this.#room = undefined;
  }
}

/** Room for one kind of work. */
class Room {
  readonly #size: number;
  readonly #taken = new Map<string, number>();
  #total = 0;
  /** How many have room. Weights are fractions: what is left of their sum when nobody has any is not nothing. */
  #holders = 0;
  #refused = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get use(): Omit<RoomUse, 'kind'> {
    return { weight: this.#total, size: this.#size, refused: this.#refused };
  }

  admits(caller: ServedCaller, weight: number): boolean {
    const isRoom = this.#has(caller, weight);
    if (!isRoom) this.#refused += 1;
    return isRoom;
  }

  /** Whoever comes when there is nobody is taken, whatever it weighs: it would be too heavy at any other time as well. */
  #has({ name, kind }: ServedCaller, weight: number): boolean {
    if (this.#holders === 0) return true;
    const total = this.#total + weight;
    if (total > this.#size) return false;
    const own = (this.#taken.get(name) ?? 0) + weight;
    return total <= this.#size / 2 || own <= this.#size / (kind === 'service' ? 2 : 4);
  }

  take(caller: ServedCaller, weight: number): boolean {
    if (!this.admits(caller, weight)) return false;
    this.#holders += 1;
    this.#total += weight;
    this.#taken.set(caller.name, (this.#taken.get(caller.name) ?? 0) + weight);
    return true;
  }

  giveBack({ name }: ServedCaller, weight: number): void {
    const left = (this.#taken.get(name) ?? 0) - weight;
    if (left > 0) this.#taken.set(name, left);
    else this.#taken.delete(name);
    this.#holders -= 1;
    this.#total = this.#holders === 0 ? 0 : this.#total - weight;
  }
}

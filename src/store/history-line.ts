import { type HistoryMark, isMarked } from '../model/history-mark.ts';

/** Whoever can say what the audit log is at some of its events: the very snapshot of a state, or the store later on. */
export interface HashReader {
  readHashes(events: readonly number[]): Promise<KnownHashes>;
}

/** The hashes of those events that there are; null of one that is not kept any more. */
export type KnownHashes = ReadonlyMap<number, string | null>;

/** How a state stands to what tokens say of their history. */
export type Kinship =
  | 'same'
  /** There is no event that one of them marks. */
  | 'other'
  /** The log has not got, or has not got any more, what the state itself ends with. */
  | 'unknown';

/**
 * Marks that were found in one log. Events are a chain, so a log that has two of them has everything before both: what is known
 * here is so for ever, whatever becomes of the database, and is not asked again.
 */
export class HistoryLine {
  #hashes = new Map<number, string>();
  #end: HistoryMark | undefined;

  /**
   * Whether the history that a state ends has these marks; what is not known is looked up. A mark of an event that is not kept any more
   * is as if there was none: a history that was lost that long ago has been refused all the time.
   */
  async judge(state: HistoryMark | undefined, marks: readonly HistoryMark[], log: HashReader): Promise<Kinship> {
    const open = marks.filter((mark) => !this.#isKnown(mark, state));
    if (open.length === 0) return 'same';
    const end = this.#end;
    const asked = [...open, ...definedOf(state), ...definedOf(end)];
    const hashes = await log.readHashes([...new Set(asked.map(({ event }) => event))]);
    const isThere = (mark: HistoryMark) => isMarked(mark, hashes.get(mark.event) ?? undefined);
    const isRemoved = (mark: HistoryMark) => hashes.get(mark.event) === null;
    const isNotOther = (mark: HistoryMark) => isThere(mark) || isRemoved(mark);
    this.#learn(asked.filter(isNotOther), end);
    if (state !== undefined && !isThere(state)) return 'unknown';
    return open.every(isNotOther) ? 'same' : 'other';
  }

  #isKnown(mark: HistoryMark, state: HistoryMark | undefined): boolean {
    if (state === undefined || mark.event > state.event) return false;
    if (mark.event === state.event) return mark.hash === state.hash;
    return this.#has(mark) && this.#has(state);
  }

  #has({ event, hash }: HistoryMark): boolean {
    return this.#hashes.get(event) === hash;
  }

  /** A log that does not have the end of what is known is another one, perhaps from somewhere in the middle on. */
  #learn(found: readonly HistoryMark[], end: HistoryMark | undefined): void {
    const goesOn = this.#end === end && (end === undefined || found.includes(end));
    if (!goesOn) {
      this.#hashes = new Map();
      this.#end = undefined;
    }
    for (const mark of found) {
      this.#hashes.delete(mark.event);
      this.#hashes.set(mark.event, mark.hash);
      if (this.#end === undefined || mark.event > this.#end.event) this.#end = mark;
    }
    for (const oldest of this.#hashes.keys()) {
      if (this.#hashes.size <= mostKnown) break;
      this.#hashes.delete(oldest);
    }
  }
}

const mostKnown = 2000;

function definedOf(mark: HistoryMark | undefined): readonly HistoryMark[] {
  return mark === undefined ? [] : [mark];
}

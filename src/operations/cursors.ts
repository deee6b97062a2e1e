import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { type Consistency, usualConsistency } from '../model/consistency.ts';
import { formatConsistencyToken, type Position, parseConsistencyToken, tokenOf } from '../model/consistency-token.ts';
import { limits } from '../model/limits.ts';
import type { ObjectId } from '../model/names.ts';
import { makeObjectRef } from '../model/object-ref.ts';
import { type SealingKey, seal, unseal } from '../store/seal.ts';
import type { PageRequest } from './page-request.ts';
import type { Postern } from './postern.ts';
import { invalid, type Refusal } from './refusal.ts';

/** How a place in a list is written into a cursor and read again; a text of another version may be no place. */
export interface PlaceFormat<Place> {
  readonly write: (place: Place) => string;
  readonly read: (text: string) => Place | undefined;
}

/** Where a page begins, and how fresh it must be. */
export interface PageStart<Place> {
  /** Undefined at the start of the list. */
  readonly place: Place | undefined;
  readonly consistency: Consistency;
}

/**
 * The cursors of one list: places in it as opaque text. They are encrypted, because a place need not be one that its reader
 * may know of; and bound to the question and who asked it: a cursor can be neither read, nor made up, nor used by somebody
 * else or for another list. Each carries the state that its page comes from: the page after it comes from none before that.
 */
export class Cursors<Place> {
  readonly #key: SealingKey;
  readonly #question: unknown;
  readonly #format: PlaceFormat<Place>;

  constructor(key: SealingKey, question: unknown, format: PlaceFormat<Place>) {
    this.#key = key;
    this.#question = question;
    this.#format = format;
  }

  /** Those of a page that comes from this state. */
  in(position: Position): (place: Place) => string {
    const state = formatConsistencyToken(tokenOf(position));
    return (place) => seal(this.#key, this.#question, `${state} ${this.#format.write(place)}`);
  }

  /** Where a page begins: at the start without a cursor. A cursor of another list, asker or version is refused. */
  read({ after, consistency = usualConsistency }: Omit<PageRequest, 'first'>): Result<PageStart<Place>, Refusal> {
    if (after === undefined) return ok({ place: undefined, consistency });
    const text = after.length > limits.cursorCharacters.most ? undefined : unseal(this.#key, this.#question, after);
    const [, state, written] = /^([^ ]+) (.*)$/s.exec(text ?? '') ?? [];
    const token = parseConsistencyToken(state ?? '');
    const place = token.ok && written !== undefined ? this.#format.read(written) : undefined;
    if (!token.ok || place === undefined) return failed(invalid('INVALID_INPUT', wrongCursor(after), ['after']));
    const atLeastAsFresh = [...consistency.atLeastAsFresh, token.value];
    return ok({ place, consistency: { ...consistency, atLeastAsFresh } });
  }
}

/** The cursors of the list that a question asks for; who asks is part of the question. */
export async function cursorsOf<Place>(
  { store }: Postern,
  question: unknown,
  format: PlaceFormat<Place>,
): Promise<Cursors<Place>> {
  return new Cursors(await store.cursorKey(), question, format);
}

/** A place that is a number, as of a row. */
export const numberPlace: PlaceFormat<number> = {
  write: String,
  read: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
};

/** A place that is the name of its item. */
export const namePlace: PlaceFormat<string> = { write: (name) => name, read: (name) => name };

/** A place that is the id of an object of a type. */
export function idPlace(type: string): PlaceFormat<ObjectId> {
  const read = (text: string) => {
    const object = makeObjectRef(type, text);
    return object.ok ? object.value.id : undefined;
  };
  return { write: (id) => id, read };
}

function wrongCursor(cursor: string): string {
  return `The cursor ${quote(cursor)} is none of this list. Next: send the "endCursor" of the page before, or leave "after" out.`;
}

import { percentDecode, percentEncode } from '../base/percent-encoding.ts';
import type { Result } from '../base/result.ts';
import { maxObjectIdBytes } from '../model/names.ts';
import { makeObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { IdEncoding } from './authzen-settings.ts';

/** A subject or a resource in results. */
export interface FoundThing {
  readonly type: string;
  readonly id: string;
}

/** Ids of entities, and of the objects that they are. */
export class EntityIds {
  readonly #encoding: IdEncoding;

  constructor(encoding: IdEncoding) {
    this.#encoding = encoding;
  }

  /** The object of this type and id, which is never everybody (`*`) and never a set; the problem is a sentence. */
  objectOf(type: string, id: string): Result<ObjectRef, string> {
    // What is too long as it is does not become shorter; and what many evaluations share is read for each of them.
    const isEncoded = this.#encoding === 'percent' && id.length <= maxObjectIdBytes;
    return makeObjectRef(type, isEncoded ? percentEncode(id) : id);
  }

  /** What an object is called outside; undefined for one that nobody can name there. */
  thingOf({ type, id }: ObjectRef): FoundThing | undefined {
    const outside = this.#encoding === 'percent' ? percentDecode(id) : id;
    return outside === undefined ? undefined : { type, id: outside };
  }
}

import { percentDecode, percentEncode } from '../base/percent-encoding.ts';
import type { Result } from '../base/result.ts';
import { maxObjectIdBytes } from '../model/names.ts';
import { makeObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { AuthzenSettings } from './authzen-settings.ts';

/** A subject or a resource in results. */
export interface FoundThing {
  readonly type: string;
  readonly id: string;
}

/** Ids of entities, and of the objects that they are. */
export class EntityIds {
  readonly #settings: IdSettings;

  constructor({ idEncoding, claimTypes }: IdSettings) {
    this.#settings = { idEncoding, claimTypes };
  }

  /** The object of this type and id, which is never everybody (`*`) and never a set; the problem is a sentence. */
  objectOf(type: string, id: string): Result<ObjectRef, string> {
    // What is too long as it is does not become shorter; and what many evaluations share is read for each of them.
    const isWritten = id.length > maxObjectIdBytes || !id.isWellFormed();
    return makeObjectRef(type, isWritten ? id : this.#writingOf(type).encode(id));
  }

  /** What an object is called outside; undefined for one that nobody can name there. */
  thingOf({ type, id }: ObjectRef): FoundThing | undefined {
    const outside = this.#writingOf(type).decode(id);
    return outside === undefined ? undefined : { type, id: outside };
  }

  #writingOf(type: string): Writing {
    const { idEncoding, claimTypes } = this.#settings;
    if (idEncoding === 'none') return asIs;
    return claimTypes.has(type) ? asClaims : withPercent;
  }
}

type IdSettings = Pick<AuthzenSettings, 'idEncoding' | 'claimTypes'>;

/** How ids of the outside are written in the model. */
interface Writing {
  readonly encode: (id: string) => string;
  readonly decode: (id: string) => string | undefined;
}

const asIs: Writing = { encode: (id) => id, decode: (id) => id };
const withPercent: Writing = { encode: percentEncode, decode: (id) => percentDecode(id) };
/** As tokens name them: written in two ways, one caller would be two, and what is kept from the one would be given to the other. */
const asClaims: Writing = { encode: encodeURIComponent, decode: (id) => percentDecode(id, encodeURIComponent) };

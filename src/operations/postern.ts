import type { ObjectRef } from '../model/object-ref.ts';
import type { Store } from '../store/store.ts';

/** What every operation works with. */
export interface Postern {
  readonly store: Store;
  /** The object whose permissions say who may ask about others, publish models and write any relationship. */
  readonly platform: ObjectRef;
  /** Told of every failure that makes answers unavailable; never of an expected problem. */
  readonly report: (message: string, error: unknown) => void;
}

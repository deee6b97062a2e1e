import { canonicalJson } from '../../base/canonical-json.ts';
import { type Context, emptyContext } from '../../model/relationship.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import type { PreparedModel } from '../prepared-model.ts';

/** What a check says of its context: see `Check`. */
interface AskedIn {
  readonly context: Context;
  readonly facts?: Context | undefined;
}

/**
 * What conditions are evaluated with, once for each context of a request: contexts may be large, and a thousand checks may share
 * one. Those that say the same are one.
 */
export class ContextTable {
  readonly #prepared: PreparedModel;
  readonly #now: Date;
  readonly #seen = new Map<Context, Map<Context, Context>>();
  readonly #texts = new Map<string, Context>();

  constructor(prepared: PreparedModel, now: Date) {
    this.#prepared = prepared;
    this.#now = now;
  }

  /** The very same for two checks whose contexts say the same. */
  completeFor({ context, facts = emptyContext }: AskedIn): Context {
    const ofContext = this.#seen.get(context) ?? new Map<Context, Context>();
    this.#seen.set(context, ofContext);
    const complete = ofContext.get(facts) ?? this.#complete(context, facts);
    ofContext.set(facts, complete);
    return complete;
  }

  #complete(context: Context, facts: Context): Context {
    const text = canonicalJson([context, facts].map(sortedEntries));
    const complete = this.#texts.get(text) ?? this.#make(context, facts);
    this.#texts.set(text, complete);
    return complete;
  }

  #make(context: Context, facts: Context): Context {
    const { runtimeParameters } = this.#prepared.model;
    const sent = [...context].filter(([name]) => !runtimeParameters.has(name));
    return new Map<string, unknown>([...sent, [currentTimeParameter, this.#now.toISOString()], ...facts]);
  }
}

function sortedEntries(context: Context): readonly (readonly [string, unknown])[] {
  return [...context].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

import type { Check } from '../../src/engine/check/check.ts';
import type { ParsedModel } from '../../src/model/parse-model.ts';
import type { Relationship } from '../../src/model/relationship.ts';

/** A server of another kind that runs already, and gets the same model, the same data and the same questions. */
export interface OtherServer {
  readonly name: string;
  /** Gives it the model and the relationships; it must have had nothing before. */
  load(world: World, onProgress: (sentence: string) => void): Promise<void>;
  /** How it can be asked, each with answers as fresh as it is called. */
  readonly modes: readonly AskingMode[];
  close(): Promise<void>;
}

export interface World {
  readonly model: ParsedModel;
  readonly relationships: readonly Relationship[];
}

export interface AskingMode {
  readonly title: string;
  /** Makes a request ready that asks all of these at once. */
  prepare(checks: readonly Check[]): () => Promise<readonly boolean[]>;
}

/** What the conditions of the model ask a request for, the clock included: only Postern has one of its own. */
export function contextOf({ context }: Check, now: Date): Readonly<Record<string, unknown>> {
  return { ...Object.fromEntries(context), current_time: now.toISOString() };
}

/** Relationships in portions, as servers take only so many at once. */
export async function writeInPortions(
  relationships: readonly Relationship[],
  most: number,
  write: (portion: readonly Relationship[]) => Promise<void>,
  onProgress: (sentence: string) => void,
): Promise<void> {
  let toldAt = performance.now();
  for (let start = 0; start < relationships.length; start += most) {
    await write(relationships.slice(start, start + most));
    if (performance.now() < toldAt + 5000) continue;
    toldAt = performance.now();
    onProgress(`${start + most} of ${relationships.length} relationships …`);
  }
}

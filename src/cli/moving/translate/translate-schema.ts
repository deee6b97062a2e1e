import type { Model } from '../../../model/model.ts';
import { parseModel } from '../../../model/parse-model.ts';
import type { Caveat, Schema } from '../spicedb/schema.ts';
import type { Construct, RefusedPart } from './construct.ts';
import { constructsOf } from './constructs-of.ts';
import { type Draft, draftModel } from './draft-model.ts';
import type { GivenNames } from './given-names.ts';
import { lostInText } from './lost-in-text.ts';
import { type Named, SchemaNames } from './name-schema.ts';
import { withDependents } from './refusals-of.ts';
import { printTarget, sourceOfProblem } from './target-model.ts';

/** A schema of SpiceDB as a model, with what became of each part of it. */
export interface SchemaTranslation {
  readonly schema: Schema;
  readonly dsl: string;
  /** Nothing where even what is left cannot be a model. */
  readonly model: Model | undefined;
  readonly names: SchemaNames;
  readonly refused: ReadonlyMap<Named, RefusedPart>;
  readonly draft: Draft;
  readonly constructs: readonly Construct[];
}

/**
 * Translates a schema whose names are all there. What the model language cannot say is left out together with all that hangs on
 * it, and is told; what is left decides as it did in SpiceDB.
 */
export function translateSchema(schema: Schema, given: GivenNames): SchemaTranslation {
  const names = new SchemaNames(schema, given);
  const refused = new Map(names.refusals(schema));
  for (;;) {
    const closed = withDependents(schema, refused);
    const draft = draftModel(schema, names, closed);
    if (draft.refused.size > 0) {
      for (const [part, refusal] of draft.refused) refused.set(part, refusal);
      continue;
    }
    const text = printTarget(draft.types, draft.conditions);
    const parsed = parseModel({ kind: 'dsl', dsl: text.dsl });
    const found = parsed.ok
      ? lostInText(draft.conditions, parsed.value.document)
      : parsed.problem.map((problem) => sourceOfProblem(text, problem));
    const before = refused.size;
    for (const { source, why } of found) if (source !== undefined) refused.set(source, refusalOf(source, why));
    if (refused.size > before) continue;
    const general = found.map(({ why }) => why);
    const model = parsed.ok && general.length === 0 ? parsed.value.model : undefined;
    const constructs = constructsOf(schema, names, closed, draft, general);
    return { schema, dsl: text.dsl, model, names, refused: closed, draft, constructs };
  }
}

function refusalOf(source: Named, why: string): RefusedPart {
  return isCaveat(source) ? { kind: 'expression', why: `No condition can say it: ${why}` } : { kind: 'model', why };
}

function isCaveat(part: Named): part is Caveat {
  return 'parameters' in part;
}

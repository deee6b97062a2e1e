import { z } from 'zod';
import { readShape } from '../server/config/json-setting.ts';

const name = z.string();
const named = z.strictObject({ object: name.optional(), relation: name });

// Strict throughout: what is misspelt would be left out of the model without a word.
const rewrite = z.strictObject({
  this: z.strictObject({}).optional(),
  computedUserset: named.optional(),
  tupleToUserset: z.strictObject({ tupleset: named, computedUserset: named }).optional(),
  get union() {
    return operands.optional();
  },
  get intersection() {
    return operands.optional();
  },
  get difference() {
    return z.strictObject({ base: rewrite, subtract: rewrite }).optional();
  },
});

const operands = z.strictObject({
  get child(): z.ZodArray<typeof rewrite> {
    return z.array(rewrite);
  },
});

const sourceInfo = z.strictObject({ file: name.optional() }).nullish();
const restriction = z.strictObject({
  type: name,
  relation: name.optional(),
  wildcard: z.strictObject({}).optional(),
  condition: name.optional(),
});

const relationMetadata = z.strictObject({
  directly_related_user_types: z.array(restriction).optional(),
  module: name.optional(),
  source_info: sourceInfo,
});

const typeDefinition = z.strictObject({
  type: name,
  relations: z.record(name, rewrite).nullish(),
  metadata: z
    .strictObject({
      relations: z.record(name, relationMetadata).nullish(),
      module: name.optional(),
      source_info: sourceInfo,
    })
    .nullish(),
});

const parameter = z.strictObject({
  type_name: name,
  get generic_types() {
    return z.array(parameter).optional();
  },
});

const condition = z.strictObject({
  name,
  expression: name,
  parameters: z.record(name, parameter).nullish(),
  metadata: z.strictObject({ module: name.optional(), source_info: sourceInfo }).nullish(),
});

const model = z.strictObject({
  id: name.optional(),
  schema_version: name,
  type_definitions: z.array(typeDefinition),
  conditions: z.record(name, condition).nullish(),
});

/** What is wrong with a model in the JSON of OpenFGA's API: a sentence for each, which begins with its place. */
export function jsonModelProblems(place: string, value: unknown): readonly string[] {
  const read = readShape(model, place, value);
  return read.ok ? [] : read.problem;
}

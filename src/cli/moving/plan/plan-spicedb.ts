import { quote } from '../../../base/text-problem.ts';
import { parseSchema } from '../spicedb/parse-schema.ts';
import type { SpicedbSource } from '../spicedb/read-validation-file.ts';
import type { LineProblem, Schema } from '../spicedb/schema.ts';
import { schemaProblems } from '../spicedb/schema-problems.ts';
import type { GivenNames } from '../translate/given-names.ts';
import { strayNames } from '../translate/name-schema.ts';
import { translateAssertions } from '../translate/translate-assertions.ts';
import { translateRelationships } from '../translate/translate-relationships.ts';
import { translateSchema } from '../translate/translate-schema.ts';
import type { MovingPlan } from './moving-plan.ts';

/** What moving in from SpiceDB means; throws sentences for a schema that SpiceDB itself would refuse. */
export function planSpicedb(from: string, source: SpicedbSource, given: GivenNames, now: Date): MovingPlan {
  const schema = readSchema(from, source);
  const stray = strayNames(schema, given);
  if (stray.length > 0) throw new Error(['Names were given for what is not there.', ...stray].join('\n'));
  const translation = translateSchema(schema, given);
  const { gathered, added } = translateRelationships(translation, source.relationships, now);
  const asked = translateAssertions(translation, source.assertions);
  return {
    source: { kind: 'spicedb', from },
    dsl: translation.dsl,
    model: translation.model,
    relationships: [...gathered.relationships(), ...added.map(({ relationship }) => relationship)],
    constructs: [...translation.constructs, ...asked.constructs],
    counts: gathered.counts(added),
    refused: gathered.refused(),
    names: translation.names.toGiven(schema),
    assertions: asked.assertions,
    warnings: source.notes,
  };
}

function readSchema(from: string, { schema: { text, before } }: SpicedbSource): Schema {
  const parsed = parseSchema(text, before + 1);
  const problems = parsed.ok ? schemaProblems(parsed.value) : parsed.problem;
  if (parsed.ok && problems.length === 0) return parsed.value;
  const sentences = problems.map(({ line, message }: LineProblem) => `${from}:${line}: ${message}`);
  throw new Error([`The schema in ${quote(from)} cannot be read.`, ...sentences].join('\n'));
}

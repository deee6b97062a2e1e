import type { PlannedAssertion } from '../plan/moving-plan.ts';
import { parseAssertion } from '../spicedb/parse-assertion.ts';
import type { SourceAssertion } from '../spicedb/read-validation-file.ts';
import { findMember } from '../spicedb/schema.ts';
import type { SourceRelationship } from '../spicedb/source-relationship.ts';
import type { Construct } from './construct.ts';
import type { SchemaTranslation } from './translate-schema.ts';
import { withoutWritten } from './without-written.ts';

/** The assertions of a source as questions, and what became of those that are none any more. */
export interface AssertionsTranslation {
  readonly assertions: readonly PlannedAssertion[];
  readonly constructs: readonly Construct[];
}

export function translateAssertions(
  translation: SchemaTranslation,
  all: readonly SourceAssertion[],
): AssertionsTranslation {
  const assertions: PlannedAssertion[] = [];
  const constructs: Construct[] = [];
  for (const { line, text, expected } of all) {
    const construct = `assertion ${text}`;
    const parsed = parseAssertion(text, line);
    if (!parsed.ok) {
      constructs.push({ line, construct, kind: 'refused', as: undefined, note: parsed.problem, refusal: 'unknown' });
      continue;
    }
    const asked = questionOf(translation, parsed.value.asked);
    if (asked === undefined) {
      constructs.push({ line, construct, kind: 'refused', as: undefined, note: cannotBeAsked, refusal: 'depends' });
      continue;
    }
    if (expected === 'undecided') constructs.push({ line, construct, kind: 'changed', as: undefined, note: notInFile });
    assertions.push({ line, text, ...asked, context: contextOf(translation, parsed.value.context), expected });
  }
  return { assertions, constructs };
}

const cannotBeAsked = 'What it asks about is refused, or is not in the schema.';
const notInFile = 'A test file cannot expect that a question is undecided; it was asked once, for this plan.';

function questionOf(
  { names, refused }: SchemaTranslation,
  { type, id, relation, subjectType, subjectId, subjectRelation }: SourceRelationship,
): Pick<PlannedAssertion, 'user' | 'relation' | 'object'> | undefined {
  const [definition, subject] = [names.definition(type), names.definition(subjectType)];
  const member = findMember(definition, relation);
  if (definition === undefined || subject === undefined || member === undefined || refused.has(member))
    return undefined;
  const set = subjectRelation === '' ? undefined : findMember(subject, subjectRelation);
  if (subjectRelation !== '' && (set === undefined || refused.has(set))) return undefined;
  const user = `${names.typeOf(subjectType)}:${subjectId}`;
  return {
    user: set === undefined ? user : `${user}#${names.memberOf(subject, set.name)}`,
    relation: names.memberOf(definition, relation),
    object: `${names.typeOf(type)}:${id}`,
  };
}

/** A parameter may have another name in one condition and not in another: what is said is said of both. */
function contextOf(
  { names, schema }: SchemaTranslation,
  context: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(context).flatMap(([name, value]) => {
    const renamed = schema.caveats.flatMap((caveat) =>
      caveat.parameters.some((one) => one.name === name) ? [names.parameterOf(caveat.name, name)] : [],
    );
    return [...new Set([name, ...renamed])].map((target) => [target, withoutWritten(value)] as const);
  });
  return Object.fromEntries(entries);
}

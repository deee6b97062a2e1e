import { didYouMean } from '../../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';
import { formatModelProblem, type ModelSource } from '../../../model/model-source.ts';
import { type ParsedModel, parseModel } from '../../../model/parse-model.ts';
import { parseRawRelationship, type RawRelationship } from '../../store-file/raw-relationship.ts';
import type { KetoSubject, KetoTuple } from '../keto/read-keto-file.ts';
import type { Construct, RefusedPart } from '../translate/construct.ts';
import { Gathered, type SourceName } from '../translate/gathered.ts';
import { type GivenNames, memberKey } from '../translate/given-names.ts';
import { modelOfWritten, nobody } from '../translate/written-model.ts';
import type { MovingPlan } from './moving-plan.ts';
import { constructsIn, relationshipOf } from './plan-openfga.ts';

/** What is written as `subject_id` has no type in Keto: these entries of `--types` say which, for all of them or for those of one relation. */
export const subjectIdKey = 'subject_id';
const subjectIdOf = (tuple: KetoTuple) => `${subjectIdKey} of ${memberKey(tuple.namespace, tuple.relation)}`;

interface Translated {
  readonly tuple: KetoTuple;
  readonly made: Result<RawRelationship, RefusedPart>;
}

/**
 * What moving in from Keto means. Its relation tuples say who is written where, and nothing of its permission language: without a model,
 * there is one of what is written alone. Throws sentences for names that are given for nothing.
 */
export function planKeto(
  from: string,
  tuples: readonly KetoTuple[],
  given: GivenNames,
  model: ModelSource | undefined,
): MovingPlan {
  const stray = strayNames(tuples, given);
  if (stray.length > 0) throw new Error(['Names were given for what is not there.', ...stray].join('\n'));
  const translated = tuples.map((tuple): Translated => ({ tuple, made: translate(tuple, given) }));
  const written = translated.flatMap(({ made }) => (made.ok ? [made.value] : []));
  const own = model === undefined ? modelOfWritten(written) : undefined;
  const parsed = parseModel(model ?? { kind: 'dsl', dsl: own?.dsl ?? '' });
  const gathered = new Gathered();
  for (const one of parsed.ok ? translated : []) gather(one, parsed.ok ? parsed.value : undefined, given, gathered);
  return {
    source: { kind: 'keto', from },
    dsl: parsed.ok ? parsed.value.dsl : '',
    model: parsed.ok ? parsed.value.model : undefined,
    relationships: gathered.relationships(),
    constructs: parsed.ok ? constructsOf(parsed.value, own?.withNobody) : parsed.problem.map(refusedModel),
    counts: gathered.counts([]),
    refused: gathered.refused(),
    names: namesOf(tuples, given),
    assertions: [],
    warnings: model === undefined ? [onlyWritten] : [],
  };
}

const onlyWritten =
  "Relation tuples say nothing of Keto's permission language (OPL): in this model, no relation is computed from another. Next: if the source has permissions, write them into a model, and plan again with --model.";

/** With a model that somebody wrote, its definitions; otherwise those of what is written. */
function constructsOf(parsed: ParsedModel, withNobody: readonly string[] | undefined): readonly Construct[] {
  const all = constructsIn(parsed, 0);
  if (withNobody === undefined) return all;
  const helped = new Set(withNobody.map((name) => `relation ${name}`));
  return all.map((one) => {
    if (one.construct === `type ${nobody}` && (helped.size > 0 || all.length === 1)) {
      return { ...one, line: undefined, kind: 'helper', note: 'Nothing is of this type.' };
    }
    const note = `Only sets are written for it, or nothing; ${quote(nobody)} is what the language wants besides, and nobody is that.`;
    return helped.has(one.construct) ? { ...one, line: undefined, kind: 'helper', note } : { ...one, line: undefined };
  });
}

function refusedModel(problem: Parameters<typeof formatModelProblem>[0]): Construct {
  const note = formatModelProblem(problem);
  return { line: undefined, construct: 'model', kind: 'refused', as: undefined, note, refusal: 'model' };
}

function gather(
  { tuple, made }: Translated,
  parsed: ParsedModel | undefined,
  given: GivenNames,
  gathered: Gathered,
): void {
  const name = nameOf(tuple, given);
  if (parsed === undefined) return;
  const admitted = made.ok ? relationshipOf(parsed.model, made.value) : made;
  if (admitted.ok) gathered.take(name, admitted.value);
  else gathered.refuse(name, admitted.problem.kind, admitted.problem.why);
}

function nameOf(tuple: KetoTuple, given: GivenNames): SourceName {
  const { line, namespace, object, relation, subject } = tuple;
  const who = subject.kind === 'id' ? subject.id : `(${subject.namespace}:${subject.object}#${subject.relation})`;
  const as = `${typeOf(namespace, given)}#${relationOf(namespace, relation, given)}`;
  return { line, type: namespace, relation, text: `${namespace}:${object}#${relation}@${who}`, as };
}

function typeOf(namespace: string, { types }: GivenNames): string {
  return types.get(namespace) ?? namespace;
}

function relationOf(namespace: string, relation: string, { names }: GivenNames): string {
  return names.get(memberKey(namespace, relation)) ?? relation;
}

/** What everything is called here, and of which types the subject ids are, as far as somebody said. */
function namesOf(tuples: readonly KetoTuple[], given: GivenNames): GivenNames {
  const sets = tuples.flatMap(({ subject }) => (subject.kind === 'set' ? [subject] : []));
  const all = [...tuples, ...sets];
  const members = all.filter(({ relation }) => relation !== '');
  return {
    types: new Map([...all.map(({ namespace }) => [namespace, typeOf(namespace, given)] as const), ...given.types]),
    names: new Map(
      members.map((one) => [memberKey(one.namespace, one.relation), relationOf(one.namespace, one.relation, given)]),
    ),
  };
}

/** As it would be written here; what is no name or no id is refused before a model is made of it. */
function translate(tuple: KetoTuple, given: GivenNames): Result<RawRelationship, RefusedPart> {
  const user = userOf(tuple, tuple.subject, given);
  if (!user.ok) return user;
  const { namespace, object, relation } = tuple;
  const raw = {
    object: `${typeOf(namespace, given)}:${object}`,
    relation: relationOf(namespace, relation, given),
    user: user.value,
  };
  const wrong = nameProblem([typeOf(namespace, given), raw.relation]);
  if (wrong !== undefined) return failed({ kind: 'name', why: wrong });
  const parsed = parseRawRelationship(raw);
  return parsed.ok ? ok(raw) : failed({ kind: isLong(tuple) ? 'long-id' : 'id', why: parsed.problem });
}

function userOf(tuple: KetoTuple, subject: KetoSubject, given: GivenNames): Result<string, RefusedPart> {
  if (subject.kind === 'id') {
    const type = given.types.get(subjectIdOf(tuple)) ?? given.types.get(subjectIdKey);
    const next = `Next: say it in the file of --types, with ${quote(subjectIdKey)} or ${quote(subjectIdOf(tuple))}.`;
    if (type === undefined)
      return failed({ kind: 'subject-type', why: `Nobody said of which type ${quote(subject.id)} is. ${next}` });
    // Here these are everybody and a set, and there they are ids like any other.
    if (subject.id === '*' || subject.id.includes('#')) {
      return failed({ kind: 'id', why: `The subject id ${quote(subject.id)} would be something else here.` });
    }
    return ok(`${type}:${subject.id}`);
  }
  const { namespace, object, relation } = subject;
  const type = typeOf(namespace, given);
  const set = relation === '' ? '' : relationOf(namespace, relation, given);
  const wrong = nameProblem(set === '' ? [type] : [type, set]);
  if (wrong !== undefined) return failed({ kind: 'name', why: wrong });
  if (object === '*' || object.includes('#')) return failed({ kind: 'id', why: `${quote(object)} is no id here.` });
  return ok(set === '' ? `${type}:${object}` : `${type}:${object}#${set}`);
}

function nameProblem(names: readonly string[]): string | undefined {
  const wrong = names.find((name) => !/^[A-Za-z_][\w-]{0,49}$/.test(name));
  return wrong === undefined
    ? undefined
    : `${quote(wrong)} is no name of a type or a relation here. Next: give another, with --types or --names.`;
}

function isLong({ object, subject }: KetoTuple): boolean {
  return [object, subject.kind === 'id' ? subject.id : subject.object].some((id) => Buffer.byteLength(id) > 256);
}

function strayNames(tuples: readonly KetoTuple[], given: GivenNames): readonly string[] {
  const sets = tuples.flatMap(({ subject }) => (subject.kind === 'set' ? [subject] : []));
  const types = new Set([...tuples, ...sets].map(({ namespace }) => namespace));
  const ids = tuples.filter(({ subject }) => subject.kind === 'id');
  const typed = new Set([...types, subjectIdKey, ...ids.map(subjectIdOf)]);
  const members = new Set([...tuples, ...sets].map(({ namespace, relation }) => memberKey(namespace, relation)));
  const strays = (keys: Iterable<string>, known: ReadonlySet<string>, what: string) =>
    [...keys]
      .filter((key) => !known.has(key))
      .map((key) => `The source has no ${what} ${quote(key)}.${didYouMean(key, known)}`);
  return [...strays(given.types.keys(), typed, 'namespace'), ...strays(given.names.keys(), members, 'relation')];
}

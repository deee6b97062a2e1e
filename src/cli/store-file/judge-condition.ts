import { invariant } from '../../base/invariant.ts';
import { check } from '../../engine/check/check.ts';
import { Meter } from '../../engine/meter.ts';
import type { SnapshotReader } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { prepareModel } from '../../engine/prepared-model.ts';
import { compileModel } from '../../model/compile-model.ts';
import type { Model } from '../../model/model.ts';
import type { ModelDocument } from '../../model/model-document.ts';
import type { ConditionName, RelationName } from '../../model/names.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import { validateModel } from '../../model/validate-model.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';

/** A condition, its parameters' types as the model language spells them, and the values for them. */
export interface ConditionCase {
  readonly params: Readonly<Record<string, string>>;
  readonly expression: string;
  readonly context: Readonly<Record<string, unknown>>;
}

export interface ConditionAnswer {
  /** `refused`: a model with this condition is not accepted. `error`: the question cannot be decided. */
  readonly answer: 'true' | 'false' | 'refused' | 'error';
  /** Why it was refused, or cannot be decided. */
  readonly reason: string;
}

/**
 * What comes out of a condition: a model that has it is compiled and validated as when it is published, and a check is
 * answered that hangs on a relationship with it.
 */
export async function judgeCondition(one: ConditionCase): Promise<ConditionAnswer> {
  const compiled = compileModel(documentOf(one));
  if (!compiled.ok) return { answer: 'refused', reason: compiled.problem.map(({ message }) => message).join(' ') };
  const problems = validateModel(compiled.value);
  if (problems.length > 0) return { answer: 'refused', reason: problems.map(({ message }) => message).join(' ') };
  return ask(compiled.value, new Map(Object.entries(one.context)));
}

async function ask(model: Model, context: ReadonlyMap<string, unknown>): Promise<ConditionAnswer> {
  const contextual = conditioned();
  const valid = validateRelationship(model, contextual);
  if (!valid.ok) return { answer: 'refused', reason: valid.problem.message };
  const { subject, relation, object } = contextual;
  const request = { checks: [{ subject, relation, object, context }], contextual: [contextual] };
  const { decisions } = await check(emptyReader(prepareModel(model)), request);
  const [decision] = decisions;
  invariant(decision !== undefined, 'a check has a decision');
  if (decision.kind === 'undecided') return { answer: 'error', reason: decision.problem.message };
  return { answer: decision.kind === 'allowed' ? 'true' : 'false', reason: '' };
}

function documentOf({ params, expression }: ConditionCase): ModelDocument {
  const parameters = Object.fromEntries(Object.entries(params).map(([name, type]) => [name, parameterOf(type)]));
  const restrictions = [{ type: 'user', condition: 'c' }];
  const metadata = { relations: { viewer: { directly_related_user_types: restrictions } } };
  return {
    type_definitions: [{ type: 'user' }, { type: 'doc', relations: { viewer: { this: {} } }, metadata }],
    conditions: { c: { name: 'c', expression, parameters } },
  };
}

interface Parameter {
  readonly type_name: string;
  readonly generic_types: readonly Parameter[];
}

/** `list<int>` as OpenFGA's JSON has it. */
function parameterOf(type: string): Parameter {
  const [, container, element] = /^(list|map)<(.+)>$/.exec(type) ?? [];
  const generic_types = element === undefined ? [] : [parameterOf(element)];
  return { type_name: `TYPE_NAME_${(container ?? type).toUpperCase()}`, generic_types };
}

/** `doc:1#viewer@user:ann with c` */
function conditioned(): Relationship {
  const object = parseObjectRef('doc:1');
  const subject = parseSubjectRef('user:ann');
  invariant(object.ok && subject.ok, 'the names of the test are valid');
  const condition = { name: 'c' as ConditionName, context: new Map<string, unknown>() };
  return {
    object: object.value,
    relation: 'viewer' as RelationName,
    subject: subject.value,
    condition,
    startsAt: undefined,
    expiresAt: undefined,
  };
}

/** A store without relationships: the only one comes with the question. */
function emptyReader(prepared: PreparedModel): SnapshotReader {
  const readEdges = async () => ({ direct: [], sets: [], objects: [] });
  return {
    withSnapshot: (_objects, use) =>
      use({
        now: new Date(),
        identity: 'none',
        revision: 0,
        mark: undefined,
        ageMs: 0,
        prepared,
        meter: new Meter(),
        resolve: async (objects) => objects.map(() => undefined),
        readEdges,
        readEdgesTo: async () => ({ items: [], isWhole: true }),
        readExcerpt: async () => undefined,
      }),
  };
}

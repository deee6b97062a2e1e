import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { type Condition, invalidParameter } from './condition.ts';
import { convertParameter } from './condition-parameter.ts';
import { formatRestriction } from './format-relation.ts';
import { limits } from './limits.ts';
import { type Audience, findRelation, findType, type Model, type Relation, type Restriction } from './model.ts';
import type { ConditionName } from './names.ts';
import { formatObjectRef, isSameObject } from './object-ref.ts';
import { type Problem, problem } from './problem.ts';
import { formatRelationship, type Relationship, type RelationshipCondition } from './relationship.ts';
import { runtimeParametersRelation } from './runtime-parameters.ts';
import { formatSubjectRef, type SubjectRef, subjectType } from './subject-ref.ts';

/**
 * Whether the model lets this relationship be written, or handed over with a question. What else it would take, and the name
 * that is nearest, is told to whoever may write it or ask about any subject, and not to anybody.
 */
export function validateRelationship(
  model: Model,
  relationship: Relationship,
  audience: Audience = 'administrator',
): Result<Relation, Problem> {
  const { object, relation: name, subject } = relationship;
  const relation = findRelation(model, object.type, name, audience);
  if (!relation.ok) return relation;
  const known = validateSubject(model, subject, audience);
  if (!known.ok) return known;
  if (isSelf(relationship)) {
    return invalid(`The relationship ${quote(formatRelationship(relationship))} always holds and is not written.`);
  }
  if (relation.value.name === runtimeParametersRelation) {
    return invalid(`The relation ${quote(name)} declares what only the request says, and is not written.`);
  }
  const lasting = validateTimes(relationship);
  if (!lasting.ok) return lasting;
  const named = findCondition(model, relationship.condition, audience);
  if (!named.ok) return named;
  const admitted = admits(relation.value, relationship, audience);
  if (!admitted.ok) return admitted;
  const valid = validateContext(model, named.value, relationship.condition, audience);
  return valid.ok ? relation : valid;
}

/** Whether it begins before it ends: otherwise it would never count. A beginning in the past is as good as none. */
export function validateTimes({ startsAt, expiresAt }: Relationship): Result<undefined, Problem> {
  if (startsAt === undefined || expiresAt === undefined || startsAt < expiresAt) return ok(undefined);
  const [start, end] = [quote(startsAt.toISOString()), quote(expiresAt.toISOString())];
  return invalid(
    `The relationship would never count: it begins on ${start} and ends on ${end}. Next: let it begin before it ends.`,
  );
}

/** Whether the model knows the subject's type, and its relation when it is a subject set. */
export function validateSubject(
  model: Model,
  subject: SubjectRef,
  audience: Audience = 'anybody',
): Result<SubjectRef, Problem> {
  const type = findType(model, subjectType(subject));
  if (!type.ok) return type;
  if (subject.kind !== 'set') return ok(subject);
  const relation = findRelation(model, subject.object.type, subject.relation, audience);
  return relation.ok ? ok(subject) : relation;
}

/** Whether a restriction names exactly this kind of subject with this condition: nothing is matched by halves. */
export function matchesRestriction(
  restriction: Restriction,
  subject: SubjectRef,
  condition: ConditionName | undefined,
): boolean {
  if (restriction.kind !== subject.kind || restriction.type !== subjectType(subject)) return false;
  if (restriction.kind === 'set' && subject.kind === 'set' && restriction.relation !== subject.relation) return false;
  return restriction.condition === condition;
}

function isSelf({ object, relation, subject }: Relationship): boolean {
  return subject.kind === 'set' && subject.relation === relation && isSameObject(subject.object, object);
}

function admits(relation: Relation, relationship: Relationship, audience: Audience): Result<Relation, Problem> {
  const { subject, condition } = relationship;
  if (relation.restrictions.length === 0) {
    return invalid(
      `The relation ${quote(relation.name)} of type ${quote(relation.type)} is computed and cannot be written.`,
    );
  }
  if (relation.restrictions.some((entry) => matchesRestriction(entry, subject, condition?.name))) return ok(relation);
  const given = `${formatSubjectRef(subject)}${condition === undefined ? '' : ` with ${condition.name}`}`;
  const listed = relation.restrictions.map(formatRestriction).join(', ');
  const taken = audience === 'administrator' ? `; it takes [${listed}]` : '';
  return invalid(
    `The relation ${quote(relation.name)} of ${quote(formatObjectRef(relationship.object))} does not take ${quote(given)}${taken}.`,
  );
}

function findCondition(
  model: Model,
  written: RelationshipCondition | undefined,
  audience: Audience,
): Result<Condition | undefined, Problem> {
  if (written === undefined) return ok(undefined);
  const condition = model.conditions.get(written.name);
  if (condition !== undefined) return ok(condition);
  const near = nearestFor(audience, written.name, model.conditions.keys());
  return failed(problem('UNKNOWN_CONDITION', `Unknown condition ${quote(written.name)}.${near}`));
}

function nearestFor(audience: Audience, name: string, known: Iterable<string>): string {
  return audience === 'administrator' ? didYouMean(name, known) : '';
}

function validateContext(
  model: Model,
  condition: Condition | undefined,
  written: RelationshipCondition | undefined,
  audience: Audience,
): Result<undefined, Problem> {
  if (condition === undefined || written === undefined) return ok(undefined);
  if (Buffer.byteLength(JSON.stringify(Object.fromEntries(written.context))) > limits.writtenContextBytes.most) {
    return invalid(
      `The context of the condition ${quote(written.name)} is larger than ${limits.writtenContextBytes.most} bytes.`,
    );
  }
  for (const [name, value] of written.context) {
    const type = condition.parameters.get(name);
    if (type === undefined) {
      const near = nearestFor(audience, name, condition.parameters.keys());
      return invalid(`The condition ${quote(written.name)} has no parameter ${quote(name)}.${near}`);
    }
    if (model.runtimeParameters.has(name)) return failed(notWritten(written.name, name));
    if (convertParameter(type, value) === undefined) return failed(invalidParameter(written.name, name, type));
    if (unstorable.test(JSON.stringify(value))) {
      const message = `The parameter ${quote(name)} of the condition ${quote(written.name)} contains text that cannot be stored.`;
      return failed(problem('INVALID_CONTEXT', message));
    }
  }
  return ok(undefined);
}

function notWritten(condition: ConditionName, parameter: string): Problem {
  const message = `The parameter ${quote(parameter)} of the condition ${quote(condition)} is filled by each request, from its clock or its token, and is never written with a relationship: leave it out.`;
  return problem('INVALID_CONTEXT', message);
}

/** NUL and lone surrogates, as JSON spells them: Postgres takes neither in a text. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function invalid(message: string): Result<never, Problem> {
  return failed(problem('INVALID_RELATIONSHIP', message));
}

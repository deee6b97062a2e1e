import type { Result } from '../../src/base/result.ts';
import type { Check } from '../../src/engine/check/check.ts';
import type { Model } from '../../src/model/model.ts';
import { formatModelProblem } from '../../src/model/model-source.ts';
import type { ConditionName, RelationName } from '../../src/model/names.ts';
import { type ObjectRef, parseObjectRef } from '../../src/model/object-ref.ts';
import { parseModel, parseStoredModel } from '../../src/model/parse-model.ts';
import { readDefinitions } from '../../src/model/read-definitions.ts';
import { readDocument } from '../../src/model/read-document.ts';
import type { Context, Relationship } from '../../src/model/relationship.ts';
import { parseSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import type { UnlinkedModel } from '../../src/model/unlinked-model.ts';

/** What tests write as text, read by the real parsers; each word is named after what it makes. */

export function object(text: string): ObjectRef {
  return unwrap(parseObjectRef(text));
}

export function subject(text: string): SubjectRef {
  return unwrap(parseSubjectRef(text));
}

export interface RelationshipParts {
  /** The name of a condition and the values that are written with it. */
  readonly condition?: readonly [name: string, context: Values];
  readonly startsAt?: Date;
  readonly expiresAt?: Date;
}

type Values = Readonly<Record<string, unknown>>;

/** `doc:1#viewer@user:ann` */
export function relationship(text: string, { condition, startsAt, expiresAt }: RelationshipParts = {}): Relationship {
  const { object, relation, subject } = readTriple(text);
  const written = condition && { name: condition[0] as ConditionName, context: context(condition[1]) };
  return { object, relation: relation as RelationName, subject, condition: written, startsAt, expiresAt };
}

/** A check in the same words: does `user:ann` hold `viewer` on `doc:1`? */
export function check(text: string, values: Values = {}): Check {
  return { ...readTriple(text), context: context(values) };
}

export function context(values: Values): Context {
  return new Map(Object.entries(values));
}

export function model(dsl: string): Model {
  const parsed = parseModel({ kind: 'dsl', dsl });
  if (!parsed.ok) throw new Error(parsed.problem.map(formatModelProblem).join('\n'));
  return parsed.value.model;
}

/** A model that was published before: it may break rules that came later. */
export function storedModel(dsl: string): Model {
  const parsed = parseStoredModel({ kind: 'dsl', dsl });
  if (!parsed.ok) throw new Error(parsed.problem.map(formatModelProblem).join('\n'));
  return parsed.value.model;
}

/** The same before its names are looked for. */
export function definitions(dsl: string): UnlinkedModel {
  return unwrap(readDefinitions(unwrap(readDocument({ kind: 'dsl', dsl })).json, 'refused'));
}

export type Types = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The DSL of a model: `{ doc: { viewer: '[user]' } }`, and conditions as `{ late: '(hour: int) { hour > 17 }' }`. */
export function dsl(types: Types, conditions: Readonly<Record<string, string>> = {}): string {
  const lines = ['model', '  schema 1.1'];
  for (const [type, relations] of Object.entries(types)) {
    lines.push(`type ${type}`);
    const definitions = Object.entries(relations).map(([name, rewrite]) => `    define ${name}: ${rewrite}`);
    if (definitions.length > 0) lines.push('  relations', ...definitions);
  }
  for (const [name, definition] of Object.entries(conditions)) lines.push(`condition ${name}${definition}`);
  return `${lines.join('\n')}\n`;
}

export function unwrap<Value>(result: Result<Value, unknown>): Value {
  if (result.ok) return result.value;
  throw new Error(typeof result.problem === 'string' ? result.problem : JSON.stringify(result.problem));
}

function readTriple(text: string) {
  const [, on = '', relation = '', by = ''] = /^([^#]+)#([^#@]+)@(.+)$/.exec(text) ?? [];
  return { object: object(on), relation, subject: subject(by) };
}

import { assertNever } from '../base/assert-never.ts';
import type { Brand } from '../base/brand.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote, textProblem } from '../base/text-problem.ts';
import { maxRelationNameBytes, maxTypeNameBytes, type RelationName, type TypeName } from './names.ts';
import { formatObjectRef, type ObjectRef, parseObjectRef } from './object-ref.ts';

/** Who holds a relation: an object, everybody who holds a relation on one, or every object of a type. */
export type SubjectRef = Brand<
  | { readonly kind: 'object'; readonly object: ObjectRef }
  | { readonly kind: 'set'; readonly object: ObjectRef; readonly relation: RelationName }
  | { readonly kind: 'wildcard'; readonly type: TypeName },
  'SubjectRef'
>;

/** Reads `user:ann`, `team:eng#member` or `user:*`; the problem is a sentence that names the input. */
export function parseSubjectRef(text: string): Result<SubjectRef, string> {
  if (text.endsWith(':*')) return parseWildcard(text);
  const hash = text.indexOf('#');
  const object = parseObjectRef(hash < 0 ? text : text.slice(0, hash), { what: 'subject', text });
  if (!object.ok) return object;
  if (hash < 0) return ok({ kind: 'object', object: object.value } as SubjectRef);
  return parseSet(text, object.value, text.slice(hash + 1));
}

/** The subject that an object itself is. */
export function subjectOf(object: ObjectRef): SubjectRef {
  return { kind: 'object', object } as SubjectRef;
}

/** Everybody who holds a relation on an object. */
export function setOf(object: ObjectRef, relation: RelationName): SubjectRef {
  return { kind: 'set', object, relation } as SubjectRef;
}

/** Every object of a type. */
export function wildcardOf(type: TypeName): SubjectRef {
  return { kind: 'wildcard', type } as SubjectRef;
}

export function formatSubjectRef(subject: SubjectRef): string {
  switch (subject.kind) {
    case 'object':
      return formatObjectRef(subject.object);
    case 'set':
      return `${formatObjectRef(subject.object)}#${subject.relation}`;
    case 'wildcard':
      return `${subject.type}:*`;
    default:
      return assertNever(subject);
  }
}

export function isSameSubject(left: SubjectRef, right: SubjectRef): boolean {
  return formatSubjectRef(left) === formatSubjectRef(right);
}

/** The type whose name stands before the colon. */
export function subjectType(subject: SubjectRef): TypeName {
  return subject.kind === 'wildcard' ? subject.type : subject.object.type;
}

function parseWildcard(text: string): Result<SubjectRef, string> {
  const type = text.slice(0, -2);
  const wrong = textProblem(type, maxTypeNameBytes) ?? reservedProblem(type);
  if (wrong !== undefined) return failed(`The type of the subject ${quote(text)} ${wrong}.`);
  return ok({ kind: 'wildcard', type } as unknown as SubjectRef);
}

function parseSet(text: string, object: ObjectRef, relation: string): Result<SubjectRef, string> {
  const wrong = textProblem(relation, maxRelationNameBytes) ?? reservedProblem(relation);
  if (wrong !== undefined) return failed(`The relation of the subject ${quote(text)} ${wrong}.`);
  return ok({ kind: 'set', object, relation } as unknown as SubjectRef);
}

function reservedProblem(part: string): string | undefined {
  return /[#:]/.test(part) ? 'contains "#" or ":"' : undefined;
}

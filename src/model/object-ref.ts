import type { Brand } from '../base/brand.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote, textProblem } from '../base/text-problem.ts';
import { maxObjectIdBytes, maxTypeNameBytes, type ObjectId, type TypeName } from './names.ts';

/** One object of the company: `track:42`. Made by {@link parseObjectRef} only. */
export type ObjectRef = Brand<{ readonly type: TypeName; readonly id: ObjectId }, 'ObjectRef'>;

/** Reads `type:id`; the problem is a sentence that names the input. */
export function parseObjectRef(text: string, named: Named = { what: 'object', text }): Result<ObjectRef, string> {
  const colon = text.indexOf(':');
  if (colon < 0) return failed(`The ${named.what} ${quote(named.text)} is not of the form "type:id".`);
  return makeObjectRef(text.slice(0, colon), text.slice(colon + 1), named);
}

/** What a problem is about, where a reference is part of it. */
interface Named {
  readonly what: 'object' | 'subject';
  readonly text: string;
}

/** Builds a reference of parts that come from elsewhere (a path, an entity key). */
export function makeObjectRef(type: string, id: string, named?: Named): Result<ObjectRef, string> {
  const shown = () => `${named?.what ?? 'object'} ${quote(named?.text ?? beginningOf(type, id))}`;
  const wrongType = textProblem(type, maxTypeNameBytes) ?? reservedProblem(type);
  if (wrongType !== undefined) return failed(`The type of the ${shown()} ${wrongType}.`);
  const wrongId = textProblem(id, maxObjectIdBytes) ?? reservedProblem(id);
  if (wrongId !== undefined) return failed(`The id of the ${shown()} ${wrongId}.`);
  if (id === '*')
    return failed(
      `The ${shown()} is a wildcard, which ${named?.what === 'subject' ? 'takes no relation' : 'only a subject can be'}.`,
    );
  return ok({ type, id } as unknown as ObjectRef);
}

/** As much as is quoted of it: to join what is very long would copy it, only to show its beginning. */
function beginningOf(type: string, id: string): string {
  return `${type.slice(0, 100)}:${id.slice(0, 100)}`;
}

export function isSameObject(left: ObjectRef, right: ObjectRef): boolean {
  return left.type === right.type && left.id === right.id;
}

export function formatObjectRef(object: ObjectRef): string {
  return `${object.type}:${object.id}`;
}

function reservedProblem(part: string): string | undefined {
  return /[#:]/.test(part) ? 'contains "#" or ":"' : undefined;
}

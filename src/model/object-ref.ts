import type { Brand } from '../base/brand.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote, textProblem } from '../base/text-problem.ts';
import { maxObjectIdBytes, maxTypeNameBytes, type ObjectId, type TypeName } from './names.ts';

/** One object of the company: `track:42`. Made by {@link parseObjectRef} only. */
export type ObjectRef = Brand<{ readonly type: TypeName; readonly id: ObjectId }, 'ObjectRef'>;

/** Reads `type:id`; the problem is a sentence that names the input. */
export function parseObjectRef(text: string): Result<ObjectRef, string> {
  const colon = text.indexOf(':');
  if (colon < 0) return failed(`The object ${quote(text)} is not of the form "type:id".`);
  return makeObjectRef(text.slice(0, colon), text.slice(colon + 1));
}

/** Builds a reference of parts that come from elsewhere (a path, an entity key). */
export function makeObjectRef(type: string, id: string): Result<ObjectRef, string> {
  const shown = () => quote(`${type}:${id}`);
  const wrongType = textProblem(type, maxTypeNameBytes) ?? reservedProblem(type);
  if (wrongType !== undefined) return failed(`The type of the object ${shown()} ${wrongType}.`);
  const wrongId = textProblem(id, maxObjectIdBytes) ?? reservedProblem(id);
  if (wrongId !== undefined) return failed(`The id of the object ${shown()} ${wrongId}.`);
  if (id === '*') return failed(`The object ${shown()} is a wildcard, which only a subject can be.`);
  return ok({ type, id } as unknown as ObjectRef);
}

export function formatObjectRef(object: ObjectRef): string {
  return `${object.type}:${object.id}`;
}

function reservedProblem(part: string): string | undefined {
  return /[#:]/.test(part) ? 'contains "#" or ":"' : undefined;
}

import type { ObjectId, TypeName } from '../../model/names.ts';
import { makeObjectRef } from '../../model/object-ref.ts';
import type { NamedNode, SearchableSnapshot } from '../ports.ts';

export interface ObjectRange {
  readonly type: TypeName;
  /** Only ids that begin so; all of them for nothing. */
  readonly startsWith: string;
  readonly after: ObjectId | undefined;
}

/**
 * Objects of a type that the store knows, in byte order of their ids: at most `limit`, and one more where the beginning is an id itself.
 * Ids that begin alike stand together in that order, right behind their beginning.
 */
export async function readObjectsStarting(
  snapshot: SearchableSnapshot,
  { type, startsWith, after }: ObjectRange,
  limit: number,
): Promise<{ readonly objects: readonly NamedNode[]; readonly isEnd: boolean }> {
  if (after !== undefined || startsWith === '') return readAfter(snapshot, { type, startsWith, after }, limit);
  const own = makeObjectRef(type, startsWith);
  const [node] = own.ok ? await snapshot.resolve([own.value]) : [];
  const first = own.ok && node !== undefined ? [{ node, object: own.value }] : [];
  const rest = await readAfter(snapshot, { type, startsWith, after: startsWith as ObjectId }, limit);
  return { ...rest, objects: [...first, ...rest.objects] };
}

async function readAfter(snapshot: SearchableSnapshot, { type, startsWith, after }: ObjectRange, limit: number) {
  const read = await snapshot.readObjects(type, after, limit);
  const objects = read.filter(({ object }) => object.id.startsWith(startsWith));
  return { objects, isEnd: read.length < limit || objects.length < read.length };
}

/** The order of ids: by the bytes of UTF-8, as the database has it. */
export function isAfter(id: ObjectId, after: ObjectId | undefined): boolean {
  return after === undefined || Buffer.compare(Buffer.from(id), Buffer.from(after)) > 0;
}

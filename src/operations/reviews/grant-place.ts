import type { GrantPlace } from '../../engine/review/grant-entry.ts';
import { formatObjectRef, parseObjectRef } from '../../model/object-ref.ts';
import type { PlaceFormat } from '../cursors.ts';

/** A place in a review as the text of a cursor. */
export const grantPlace: PlaceFormat<GrantPlace> = { write: formatGrantPlace, read: parseGrantPlace };

function formatGrantPlace({ object, source }: GrantPlace): string {
  const rest = source === undefined ? [] : [source.role, source.node, source.relation, source.subject];
  return JSON.stringify([formatObjectRef(object), ...rest]);
}

function parseGrantPlace(text: string): GrantPlace | undefined {
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts)) return undefined;
  const [name, role, node, relation, subject] = parts as readonly unknown[];
  const object = typeof name === 'string' ? parseObjectRef(name) : undefined;
  if (object?.ok !== true) return undefined;
  if (parts.length === 1) return { object: object.value, source: undefined };
  const isSource = typeof role === 'string' && typeof relation === 'string';
  if (!isSource || !Number.isSafeInteger(node) || !Number.isSafeInteger(subject)) return undefined;
  return { object: object.value, source: { role, relation, node: Number(node), subject: Number(subject) } };
}

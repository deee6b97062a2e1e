import type { RelationshipCursor } from '../store/read-relationships.ts';
import { badInput } from './errors.ts';

/** A place in the list of relationships as opaque text; it says where to go on and gives no right to. */
export function formatRelationshipCursor({ object, relation, subject }: RelationshipCursor): string {
  return Buffer.from(`r1.${object}.${relation}.${subject}`).toString('base64url');
}

export function parseRelationshipCursor(text: string | null | undefined): RelationshipCursor | undefined {
  if (text === null || text === undefined) return undefined;
  const decoded = /^[A-Za-z0-9_-]{1,80}$/.test(text) ? Buffer.from(text, 'base64url').toString('latin1') : '';
  const match = /^r1\.(\d{1,12})\.(\d{1,5})\.(\d{1,16})$/.exec(decoded);
  const [object, relation, subject] = (match ?? []).slice(1).map(Number);
  const isValid = object !== undefined && relation !== undefined && subject !== undefined;
  if (!isValid || relation > 32767 || !Number.isSafeInteger(subject))
    throw badInput('The cursor "after" is not valid.');
  return { object, relation, subject };
}

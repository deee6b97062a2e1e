import { mustKeepRelation, noSelfGrantRelation } from './declarations.ts';
import type { Relation } from './model.ts';
import { isPermissionName } from './names.ts';

/** What a relation is for. */
export const relationKinds = ['PERMISSION', 'ROLE', 'STRUCTURE', 'DECLARATION', 'COMPUTED'] as const;

export type RelationKind = (typeof relationKinds)[number];

export function relationKindOf({ name, restrictions }: Relation, isRole: boolean): RelationKind {
  if (isPermissionName(name)) return 'PERMISSION';
  if (name === mustKeepRelation || name === noSelfGrantRelation) return 'DECLARATION';
  if (isRole) return 'ROLE';
  return restrictions.length > 0 ? 'STRUCTURE' : 'COMPUTED';
}

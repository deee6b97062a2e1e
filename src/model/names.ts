import type { Brand } from '../base/brand.ts';

/** A type of the model: `track`. */
export type TypeName = Brand<string, 'TypeName'>;
/** A relation of a type; a role when it can be assigned, a permission when it is named `can_*`. */
export type RelationName = Brand<string, 'RelationName'>;
/** A condition of the model. */
export type ConditionName = Brand<string, 'ConditionName'>;
/** The id of an object within its type: `42`. */
export type ObjectId = Brand<string, 'ObjectId'>;

export const maxTypeNameBytes = 254;
export const maxRelationNameBytes = 64;
export const maxConditionNameBytes = 50;
export const maxObjectIdBytes = 256;

/** What the surface calls a permission: everything a frontend may ask about by name. */
export function isPermissionName(name: string): boolean {
  return name.startsWith('can_');
}

import type { Model, Relation } from '../../model/model.ts';
import { roleSheetOf } from '../../model/role-sheet.ts';
import { rolesOf } from '../../model/roles.ts';
import { findSubtractingRelations } from '../../model/subtracting-relations.ts';

const giving = new WeakMap<Model, ReadonlyMap<string, readonly Relation[]>>();

/** The roles of a type that give something: what only takes rights away is no grant. */
export function givingRolesOf(model: Model, type: string): readonly Relation[] {
  const known = giving.get(model) ?? findGivingRoles(model);
  giving.set(model, known);
  return known.get(type) ?? [];
}

function findGivingRoles(model: Model): ReadonlyMap<string, readonly Relation[]> {
  const subtracting = findSubtractingRelations(model);
  return new Map(
    [...model.types.values()].map((type) => [type.name, rolesOf(model, type).filter((role) => !subtracting.has(role))]),
  );
}

const sizes = new WeakMap<Relation, number>();

/** How many permissions a role alone gives, on its object and, by type, below it. */
export function permissionsGivenBy(model: Model, role: Relation): number {
  const known = sizes.get(role);
  if (known !== undefined) return known;
  const { here, below } = roleSheetOf(model, role);
  const size = below.reduce((sum, { permissions }) => sum + permissions.length, here.length);
  sizes.set(role, size);
  return size;
}

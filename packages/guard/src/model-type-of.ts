/** Entities whose type in the model is not their own name in snake case: `{ Recording: 'track' }`. */
export type TypeNames = Readonly<Record<string, string>>;

/** The model's type of an entity, by the rule by which Postern names entities: `RoleBinding` is `role_binding`. */
export function modelTypeOf(entity: string, types: TypeNames = {}): string {
  if (Object.hasOwn(types, entity)) return String(types[entity]);
  return entity.replaceAll(/(?!^)([A-Z])/g, '_$1').toLowerCase();
}

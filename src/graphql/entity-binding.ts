import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { type Model, permissionsOf } from '../model/model.ts';
import type { RelationName, TypeName } from '../model/names.ts';

/** A type of the model that is an entity of the supergraph. */
export interface EntityBinding {
  readonly type: TypeName;
  /** The entity's name in the supergraph: `Track`. */
  readonly name: string;
  /** The field that identifies it; its value is the id of the model's object. */
  readonly key: string;
  /** The field of `Viewer` that lists it: `tracks`. */
  readonly list: string;
  /** The field of the entity that people know it by: `title`. Another subgraph has it. */
  readonly label: string | undefined;
  readonly permissions: readonly PermissionField[];
}

export interface PermissionField {
  readonly permission: RelationName;
  /** `can_edit` as a field: `canEdit`. */
  readonly field: string;
  /** `can_edit` as a value of an enum: `CAN_EDIT`. */
  readonly value: string;
}

/** What the configuration says of a type: another name or key, or that it is no entity. */
export type EntitySetting =
  | false
  | { readonly name?: string; readonly key?: string; readonly list?: string; readonly label?: string };

/** Names that the hand-written schema takes. */
export interface ReservedNames {
  readonly types: ReadonlySet<string>;
  readonly viewerFields: ReadonlySet<string>;
}

/**
 * Binds every type that has permissions: by default to the entity with the type's name in Pascal case, by `id`.
 *
 * Refused are settings for types that the model lacks, and names that would collide; the problems are sentences.
 */
export function bindEntities(
  model: Model,
  settings: ReadonlyMap<string, EntitySetting>,
  reserved: ReservedNames,
): Result<readonly EntityBinding[], readonly string[]> {
  const problems = [...settings.keys()]
    .filter((type) => !model.types.has(type))
    .map((type) => unknownType(model, type));
  const bindings: EntityBinding[] = [];
  const taken = new Map<string, string>();
  for (const type of model.types.values()) {
    const setting = settings.get(type.name) ?? {};
    const permissions = permissionsOf(type).map(({ name }) => permissionField(name));
    if (setting === false || permissions.length === 0) continue;
    const name = setting.name ?? pascalCase(type.name);
    const list = setting.list ?? plural(name.charAt(0).toLowerCase() + name.slice(1));
    const { key = 'id', label } = setting;
    const binding = { type: type.name, name, key, list, label, permissions };
    problems.push(...collisions(binding, taken, reserved));
    bindings.push(binding);
  }
  return problems.length === 0 ? ok(bindings) : failed(problems);
}

/** The names that a binding adds to the schema. */
export function typeNamesOf({ name }: Pick<EntityBinding, 'name'>): readonly string[] {
  return [name, `${name}Permissions`, `${name}Permission`, `Viewer${name}Connection`, `Viewer${name}Edge`];
}

function collisions(binding: EntityBinding, taken: Map<string, string>, reserved: ReservedNames): string[] {
  const problems: string[] = [];
  const hint = `Give the type ${quote(binding.type)} another name in POSTERN_ENTITIES, or leave it out with false.`;
  // The others are made of the first: what is wrong with that is wrong with all of them.
  for (const name of typeNamesOf(binding)) {
    const other = taken.get(name);
    if (problems.length > 0) break;
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) problems.push(`${quote(name)} is no GraphQL name. ${hint}`);
    if (reserved.types.has(name)) problems.push(`Postern's own schema has a type ${quote(name)} already. ${hint}`);
    if (other !== undefined) problems.push(`The type ${quote(other)} is bound to ${quote(name)} already. ${hint}`);
    taken.set(name, binding.type);
  }
  const key = `Viewer.${binding.list}`;
  const listed = taken.get(key) ?? (reserved.viewerFields.has(binding.list) ? 'Viewer' : undefined);
  if (listed !== undefined && problems.length === 0)
    problems.push(`The field ${quote(key)} of the type ${quote(binding.type)} is taken already. ${hint}`);
  taken.set(key, binding.type);
  if (binding.key === 'permissions') {
    problems.push(`The key of the type ${quote(binding.type)} cannot be "permissions". ${hint}`);
  }
  return [...problems, ...permissionCollisions(binding)];
}

/** Permissions that would be one field of the entity, or one value of its enum. */
function permissionCollisions({ type, permissions }: EntityBinding): readonly string[] {
  const taken = new Map<string, string>();
  return permissions.flatMap(({ permission, field, value }) => {
    const problems = [field, value].flatMap((name) => {
      const other = taken.get(name);
      taken.set(name, permission);
      if (other === undefined || other === permission) return [];
      const both = `The permissions ${quote(other)} and ${quote(permission)} of ${quote(type)} are both ${quote(name)} in GraphQL.`;
      return [`${both} Rename one of them in the model.`];
    });
    return problems.slice(0, 1);
  });
}

function permissionField(permission: RelationName): PermissionField {
  return { permission, field: camelCase(permission), value: words(permission).join('_').toUpperCase() };
}

/** English enough for a default; `list` in POSTERN_ENTITIES says what is right. */
function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

function unknownType(model: Model, type: string): string {
  return `POSTERN_ENTITIES names the type ${quote(type)}, which the model does not have.${didYouMean(type, model.types.keys())}`;
}

function pascalCase(name: string): string {
  return words(name).map(capitalize).join('');
}

function camelCase(name: string): string {
  const [first = '', ...rest] = words(name);
  return [first, ...rest.map(capitalize)].join('');
}

function words(name: string): readonly string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

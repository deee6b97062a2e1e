import { didYouMean } from '../../../base/did-you-mean.ts';
import { quote } from '../../../base/text-problem.ts';
import { isPermissionName } from '../../../model/names.ts';
import type { Caveat, Definition, Permission, Schema, SchemaRelation } from '../spicedb/schema.ts';
import type { RefusedPart } from './construct.ts';
import { caveatKey, type GivenNames, memberKey, parameterKey } from './given-names.ts';

/** A part of a schema that has a name of its own. */
export type Named = Definition | SchemaRelation | Permission | Caveat;

/** What everything is called in Postern. */
export class SchemaNames {
  readonly types = new Map<string, string>();
  readonly #members = new Map<Definition, Map<string, string>>();
  readonly #caveats = new Map<string, string>();
  readonly #given: GivenNames;
  readonly #definitions: ReadonlyMap<string, Definition>;

  constructor(schema: Schema, given: GivenNames) {
    this.#given = given;
    this.#definitions = new Map(schema.definitions.map((one) => [one.name, one]));
    for (const definition of schema.definitions) {
      this.types.set(definition.name, given.types.get(definition.name) ?? plain(definition.name));
      this.#members.set(definition, this.#membersOf(definition));
    }
    for (const { name } of schema.caveats) this.#caveats.set(name, given.names.get(caveatKey(name)) ?? plain(name));
  }

  definition(type: string): Definition | undefined {
    return this.#definitions.get(type);
  }

  typeOf(type: string): string {
    return this.types.get(type) ?? type;
  }

  memberOf(definition: Definition, name: string): string {
    return this.#members.get(definition)?.get(name) ?? name;
  }

  caveatOf(name: string): string {
    return this.#caveats.get(name) ?? name;
  }

  parameterOf(caveat: string, parameter: string): string {
    return this.#given.names.get(parameterKey(caveat, parameter)) ?? parameter;
  }

  /** Names that cannot be one, or that two parts would have. */
  refusals(schema: Schema): ReadonlyMap<Named, RefusedPart> {
    const groups: readonly (readonly (readonly [Named, string])[])[] = [
      schema.definitions.map((one) => [one, this.typeOf(one.name)] as const),
      schema.caveats.map((one) => [one, this.caveatOf(one.name)] as const),
      ...schema.definitions.map((definition) =>
        [...definition.relations, ...definition.permissions].map(
          (one) => [one, this.memberOf(definition, one.name)] as const,
        ),
      ),
    ];
    return new Map(groups.flatMap(refusalsAmong));
  }

  /** The whole map, as it can be given again. */
  toGiven(schema: Schema): GivenNames {
    const names = new Map<string, string>();
    for (const definition of schema.definitions) {
      for (const [name, target] of this.#members.get(definition) ?? [])
        names.set(memberKey(definition.name, name), target);
    }
    for (const { name, parameters } of schema.caveats) {
      names.set(caveatKey(name), this.caveatOf(name));
      for (const parameter of parameters) {
        const target = this.parameterOf(name, parameter.name);
        if (target !== parameter.name) names.set(parameterKey(name, parameter.name), target);
      }
    }
    return { types: this.types, names };
  }

  #membersOf(definition: Definition): Map<string, string> {
    const given = (name: string) =>
      this.#given.names.get(memberKey(definition.name, name)) ?? this.#given.names.get(name);
    return new Map([
      ...definition.relations.map(({ name }) => [name, given(name) ?? name] as const),
      ...definition.permissions.map(({ name }) => [name, given(name) ?? permissionName(name)] as const),
    ]);
  }
}

/** Everything that frontends ask about by name is named so. */
function permissionName(name: string): string {
  return isPermissionName(name) ? name : `can_${name}`;
}

function plain(path: string): string {
  return path.replaceAll('/', '_');
}

const maxNameLength = 50;

function refusalsAmong(named: readonly (readonly [Named, string])[]): readonly (readonly [Named, RefusedPart])[] {
  const byTarget = Map.groupBy(named, ([, target]) => target);
  return named.flatMap(([one, target]) => {
    const others = (byTarget.get(target) ?? []).filter(([other]) => other !== one).map(([other]) => quote(other.name));
    const why = wrongName(one.name, target) ?? (others.length === 0 ? undefined : sameName(one.name, target, others));
    return why === undefined ? [] : [[one, { kind: 'name', why }] as const];
  });
}

function wrongName(name: string, target: string): string | undefined {
  const next = 'Next: give it another in the file of --names or --types.';
  if (target.length > maxNameLength) return `${quote(target)} has more than ${maxNameLength} characters. ${next}`;
  if (/^[A-Za-z_][\w-]*$/.test(target)) return undefined;
  return `${quote(name)} cannot be named ${quote(target)}. ${next}`;
}

function sameName(name: string, target: string, others: readonly string[]): string {
  return `${quote(name)} and ${others.join(', ')} would both be ${quote(target)}. Next: give one of them another name in the file of --names or --types.`;
}

/** Names that were given for what the schema does not have. */
export function strayNames(schema: Schema, { types, names }: GivenNames): readonly string[] {
  const knownTypes = schema.definitions.map(({ name }) => name);
  const members = schema.definitions.flatMap(({ name, relations, permissions }) =>
    [...relations, ...permissions].flatMap((one) => [memberKey(name, one.name), one.name]),
  );
  const caveats = schema.caveats.flatMap(({ name, parameters }) => [
    caveatKey(name),
    ...parameters.map((parameter) => parameterKey(name, parameter.name)),
  ]);
  const stray = (given: Iterable<string>, known: readonly string[], what: string) => {
    const all = new Set(known);
    return [...given].filter((key) => !all.has(key)).map((key) => `${what} ${quote(key)}.${didYouMean(key, all)}`);
  };
  return [
    ...stray(types.keys(), knownTypes, 'The schema has no type'),
    ...stray(names.keys(), [...members, ...caveats], 'The schema has no'),
  ];
}

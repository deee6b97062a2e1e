import { isDirect } from '../../../model/rewrite.ts';
import type { Caveat, Definition, Permission, Schema, SubjectType } from '../spicedb/schema.ts';
import { findDeadEnds } from './add-entry-points.ts';
import type { RefusedPart } from './construct.ts';
import { Helpers } from './helpers-of.ts';
import type { Named, SchemaNames } from './name-schema.ts';
import {
  printRestriction,
  type TargetConditionOf,
  type TargetRelation,
  type TargetRestriction,
  type TargetType,
} from './target-model.ts';
import { translateCaveat } from './translate-caveat.ts';
import { RefusedExpression, type TargetRewrite, translateExpression, unionOf } from './translate-expression.ts';

/** A model before it is text, and what turned out to have no place in one. */
export interface Draft {
  readonly types: readonly TargetType<Named>[];
  readonly conditions: readonly TargetConditionOf<Caveat>[];
  readonly helpers: Helpers;
  /** Caveats that no relation names any more. */
  readonly unused: ReadonlySet<Caveat>;
  /** Relations and permissions to which a way was added that nobody goes. */
  readonly deadEnds: ReadonlySet<Named>;
  readonly refused: ReadonlyMap<Named, RefusedPart>;
}

/** Everything but what is refused. */
export function draftModel(schema: Schema, names: SchemaNames, left: ReadonlyMap<Named, RefusedPart>): Draft {
  const refused = new Map<Named, RefusedPart>();
  const helpers = new Helpers(schema, names);
  const kept = schema.definitions.filter((one) => !left.has(one));
  const permissions = new Map<Permission, TargetRelation<Named>>();
  for (const definition of kept) {
    for (const permission of definition.permissions.filter((one) => !left.has(one))) {
      const made = permissionOf(schema, definition, permission, names, helpers);
      if ('why' in made) refused.set(permission, made);
      else permissions.set(permission, made);
    }
  }
  const { used, unused } = caveatsOf(schema, left);
  // What nothing uses is left out anyway; that it cannot come in is still told.
  for (const caveat of unused) {
    const translated = translateCaveat(caveat, names);
    if (!translated.ok) refused.set(caveat, translated.problem);
  }
  const conditions = used.flatMap((caveat): readonly TargetConditionOf<Caveat>[] => {
    const translated = translateCaveat(caveat, names);
    if (!translated.ok) refused.set(caveat, translated.problem);
    return translated.ok ? [{ ...translated.value, source: caveat }] : [];
  });
  const whole = kept.map((definition) => typeOf(definition, names, helpers, left, permissions));
  const { types, deadEnds } = withEntryPoints(schema, whole, names, helpers);
  return { types, conditions, helpers, unused, deadEnds, refused };
}

function permissionOf(
  schema: Schema,
  definition: Definition,
  permission: Permission,
  names: SchemaNames,
  helpers: Helpers,
): TargetRelation<Named> | RefusedPart {
  try {
    const term = translateExpression({ schema, definition, names, helpers }, permission.expression);
    const rewrite: TargetRewrite =
      term === 'nothing' ? { kind: 'computed', name: helpers.nothingOf(definition) } : term;
    return { name: names.memberOf(definition, permission.name), rewrite, restrictions: [], source: permission };
  } catch (error) {
    if (error instanceof RefusedExpression) return error.refusal;
    throw error;
  }
}

/** A model has no condition that nothing uses. */
function caveatsOf(schema: Schema, left: ReadonlyMap<Named, RefusedPart>) {
  const relations = schema.definitions.flatMap((one) => one.relations).filter((one) => !left.has(one));
  const named = new Set(relations.flatMap(({ subjects }) => subjects.map(({ caveat }) => caveat)));
  const kept = schema.caveats.filter((one) => !left.has(one));
  return {
    used: kept.filter(({ name }) => named.has(name)),
    unused: new Set(kept.filter(({ name }) => !named.has(name))),
  };
}

function typeOf(
  definition: Definition,
  names: SchemaNames,
  helpers: Helpers,
  left: ReadonlyMap<Named, RefusedPart>,
  permissions: ReadonlyMap<Permission, TargetRelation<Named>>,
): TargetType<Named> {
  const direct = { kind: 'direct' } as const;
  const type = names.typeOf(definition.name);
  const relations = definition.relations.flatMap((relation): readonly TargetRelation<Named>[] => {
    if (left.has(relation)) return [];
    const restrictions = unique(relation.subjects.map((subject) => restrictionOf(subject, names)));
    const name = names.memberOf(definition, relation.name);
    const objects = helpers.objects.get(relation);
    const helper =
      objects === undefined
        ? []
        : [{ name: objects, rewrite: direct, restrictions: objectsOf(restrictions), source: relation }];
    return [{ name, rewrite: direct, restrictions, source: relation }, ...helper];
  });
  const itself = helpers.itself.get(definition);
  const computed = definition.permissions.flatMap((permission) => permissions.get(permission) ?? []);
  const self =
    itself === undefined ? [] : [{ name: itself, rewrite: direct, restrictions: [plain(type)], source: definition }];
  return { name: type, relations: [...relations, ...self, ...computed], source: definition };
}

function plain(type: string): TargetRestriction {
  return { kind: 'object', type, relation: '', condition: undefined };
}

function restrictionOf({ kind, type, relation, caveat }: SubjectType, names: SchemaNames): TargetRestriction {
  const definition = names.definition(type);
  const member = definition === undefined || kind !== 'set' ? '' : names.memberOf(definition, relation);
  const condition = caveat === undefined ? undefined : names.caveatOf(caveat);
  return { kind, type: names.typeOf(type), relation: member, condition };
}

/** The objects that sets are of. */
function objectsOf(restrictions: readonly TargetRestriction[]): readonly TargetRestriction[] {
  return unique(restrictions.map((one) => ({ ...one, kind: 'object', relation: '' })));
}

function unique(restrictions: readonly TargetRestriction[]): readonly TargetRestriction[] {
  return [...new Map(restrictions.map((one) => [printRestriction(one), one])).values()];
}

/** A model has nothing that nobody can ever hold: the type of nobody leads there. */
function withEntryPoints(schema: Schema, types: readonly TargetType<Named>[], names: SchemaNames, helpers: Helpers) {
  const begun = types.map((type) => withNothing(schema, type, names, helpers));
  const ends = findDeadEnds(begun);
  const isEnd = (type: string, relation: string) => ends.some((end) => end.type === type && end.relation === relation);
  const deadEnds = new Set<Named>();
  const opened = begun.map((type): TargetType<Named> => {
    const relations = type.relations.map((relation) => {
      if (!isEnd(type.name, relation.name)) return relation;
      deadEnds.add(relation.source);
      return isDirect(relation.rewrite)
        ? { ...relation, restrictions: [...relation.restrictions, plain(helpers.nobody)] }
        : { ...relation, rewrite: orNothing(relation.rewrite, nothingOf(schema, type, names, helpers)) };
    });
    return { ...type, relations };
  });
  const whole = opened.map((type) => withNothing(schema, type, names, helpers));
  const isNamed = whole.some(({ relations }) =>
    relations.some(({ restrictions }) => restrictions.some(({ type }) => type === helpers.nobody)),
  );
  const [first] = whole;
  const nobody = first === undefined || !isNamed ? [] : [{ name: helpers.nobody, relations: [], source: first.source }];
  return { types: [...whole, ...nobody], deadEnds };
}

function orNothing(rewrite: TargetRewrite, nothing: string): TargetRewrite {
  const held: TargetRewrite = { kind: 'computed', name: nothing };
  const term = unionOf([rewrite, held]);
  return term === 'nothing' ? held : term;
}

function nothingOf(schema: Schema, type: TargetType<Named>, names: SchemaNames, helpers: Helpers): string {
  const definition = schema.definitions.find((one) => names.typeOf(one.name) === type.name);
  return definition === undefined ? 'nothing' : helpers.nothingOf(definition);
}

/** The relation that nobody holds, where something on the type needs it. */
function withNothing(schema: Schema, type: TargetType<Named>, names: SchemaNames, helpers: Helpers): TargetType<Named> {
  const definition = schema.definitions.find((one) => names.typeOf(one.name) === type.name);
  const name = definition && helpers.nothing.get(definition);
  if (name === undefined || definition === undefined || type.relations.some((one) => one.name === name)) return type;
  const nothing: TargetRelation<Named> = {
    name,
    rewrite: { kind: 'direct' },
    restrictions: [plain(helpers.nobody)],
    source: definition,
  };
  return { ...type, relations: [nothing, ...type.relations] };
}

import { quote } from '../../../base/text-problem.ts';
import {
  type Definition,
  findDefinition,
  findMember,
  type Permission,
  type Schema,
  type SchemaExpression,
  type SchemaRelation,
} from '../spicedb/schema.ts';
import type { RefusedPart } from './construct.ts';
import type { Named } from './name-schema.ts';

/**
 * What does not come in, with all that hangs on it: an operand that is left out of what takes rights away would give them, so
 * that nothing comes in without all of its parts.
 */
export function withDependents(
  schema: Schema,
  refused: ReadonlyMap<Named, RefusedPart>,
): ReadonlyMap<Named, RefusedPart> {
  const all = new Map(refused);
  const members = schema.definitions.flatMap((definition) =>
    [...definition.relations, ...definition.permissions].map((member) => ({ definition, member })),
  );
  for (let before = -1; before < all.size; ) {
    before = all.size;
    for (const { definition, member } of members) {
      if (all.has(member)) continue;
      const needed = neededBy(schema, definition, member).find((one) => all.has(one));
      if (needed !== undefined)
        all.set(member, { kind: 'depends', why: `It needs ${quote(needed.name)}, which is refused.` });
    }
  }
  return all;
}

/** Everything that a relation or a permission names. */
function neededBy(schema: Schema, definition: Definition, member: SchemaRelation | Permission): readonly Named[] {
  if ('subjects' in member) return [definition, ...subjectsNeeded(schema, member)];
  return [definition, ...expressionNeeds(schema, definition, member.expression)];
}

function subjectsNeeded(schema: Schema, { subjects }: SchemaRelation): readonly Named[] {
  return subjects.flatMap(({ type, relation, caveat }) => {
    const definition = findDefinition(schema, type);
    const named = [definition, findMember(definition, relation), schema.caveats.find(({ name }) => name === caveat)];
    return named.filter((one) => one !== undefined);
  });
}

function expressionNeeds(schema: Schema, definition: Definition, expression: SchemaExpression): readonly Named[] {
  switch (expression.kind) {
    case 'union':
    case 'intersection':
      return expression.operands.flatMap((operand) => expressionNeeds(schema, definition, operand));
    case 'exclusion':
      return [expression.base, expression.subtracted].flatMap((one) => expressionNeeds(schema, definition, one));
    case 'name':
      return [findMember(definition, expression.name)].filter((one) => one !== undefined);
    case 'arrow': {
      const relation = findMember(definition, expression.through);
      if (relation === undefined) return [];
      const types = 'subjects' in relation ? relation.subjects.map(({ type }) => findDefinition(schema, type)) : [];
      return [relation, ...types.map((type) => findMember(type, expression.name))].filter((one) => one !== undefined);
    }
    default:
      return [];
  }
}

import { assertNever } from '../../src/base/assert-never.ts';
import type { Condition } from '../../src/model/condition.ts';
import { formatParameterType } from '../../src/model/condition-parameter.ts';
import type { Leaf, Model, Relation, Restriction } from '../../src/model/model.ts';
import { foldRewrite, isDirect } from '../../src/model/rewrite.ts';

/** The model in SpiceDB's language. */
export function spicedbSchema(model: Model): string {
  const caveats = [...model.conditions.values()].map(caveat);
  const definitions = [...model.types.values()].map(({ name, relations }) => {
    const lines = [...relations.values()].flatMap(linesOf).map((line) => `  ${line}`);
    return lines.length === 0 ? `definition ${name} {}` : `definition ${name} {\n${lines.join('\n')}\n}`;
  });
  return `${[...caveats, ...definitions].join('\n\n')}\n`;
}

/**
 * Where relationships of a relation are written. In SpiceDB what is written is a relation and what is computed a permission, and none
 * is both: a relation that is both becomes two.
 */
export function writtenName({ name, rewrite }: Relation): string {
  return isDirect(rewrite) ? name : `${name}_written`;
}

function linesOf(relation: Relation): readonly string[] {
  const { name, rewrite, restrictions } = relation;
  const written = `relation ${writtenName(relation)}: ${restrictions.map(subjectType).join(' | ')}`;
  if (isDirect(rewrite)) return [written];
  const computed = foldRewrite<Leaf, string>(rewrite, {
    leaf: (leaf) => leafOf(relation, leaf),
    union: (operands) => `(${operands.join(' + ')})`,
    intersection: (operands) => `(${operands.join(' & ')})`,
    exclusion: (base, subtracted) => `(${base} - ${subtracted})`,
  });
  return [...(restrictions.length === 0 ? [] : [written]), `permission ${name} = ${computed}`];
}

function leafOf(relation: Relation, leaf: Leaf): string {
  switch (leaf.kind) {
    case 'direct':
      return writtenName(relation);
    case 'computed':
      return leaf.relation.name;
    case 'from':
      return `${leaf.through.name}->${leaf.name}`;
    default:
      return assertNever(leaf);
  }
}

function subjectType(restriction: Restriction): string {
  const caveat = restriction.condition === undefined ? '' : ` with ${restriction.condition}`;
  switch (restriction.kind) {
    case 'object':
      return `${restriction.type}${caveat}`;
    case 'wildcard':
      return `${restriction.type}:*${caveat}`;
    case 'set':
      return `${restriction.type}#${restriction.relation}${caveat}`;
    default:
      return assertNever(restriction);
  }
}

/** Both languages write conditions in CEL. */
function caveat({ name, parameters, expression }: Condition): string {
  const declared = Array.from(parameters, ([parameter, type]) => `${parameter} ${formatParameterType(type)}`);
  return `caveat ${name}(${declared.join(', ')}) {\n  ${expression.trim()}\n}`;
}

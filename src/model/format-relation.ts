import type { Condition } from './condition.ts';
import { formatParameterType } from './condition-parameter.ts';
import type { Leaf, Relation, Restriction } from './model.ts';
import { printRewrite } from './print-rewrite.ts';
import type { Rewrite } from './rewrite.ts';

/** The definition of a relation as the model language writes it: `[user, team#member] or editor from parent`. */
export function formatRelation({ rewrite, restrictions }: Relation): string {
  return formatRewrite(rewrite, restrictions);
}

/** One entry of a relation's list: `team#member with in_contract`. */
export function formatRestriction(restriction: Restriction): string {
  const subject = {
    object: restriction.type,
    wildcard: `${restriction.type}:*`,
    set: restriction.kind === 'set' ? `${restriction.type}#${restriction.relation}` : '',
  }[restriction.kind];
  return restriction.condition === undefined ? subject : `${subject} with ${restriction.condition}`;
}

/** Parameters, whose order says nothing, by their names, and expression of a condition on one line: `(hour: int): hour > 17`. */
export function formatCondition({ parameters, expression }: Condition): string {
  const byName = [...parameters].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const declared = byName.map(([name, type]) => `${name}: ${formatParameterType(type)}`);
  return `(${declared.join(', ')}): ${expression.trim().replaceAll(/\s*\n\s*/g, ' ')}`;
}

function formatRewrite(rewrite: Rewrite<Leaf>, restrictions: readonly Restriction[]): string {
  return printRewrite(rewrite, (leaf) => {
    if (leaf.kind === 'direct') return `[${restrictions.map(formatRestriction).join(', ')}]`;
    return leaf.kind === 'computed' ? leaf.relation.name : `${leaf.name} from ${leaf.through.name}`;
  });
}

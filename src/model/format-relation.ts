import { assertNever } from '../base/assert-never.ts';
import type { Condition } from './condition.ts';
import { formatParameterType } from './condition-parameter.ts';
import type { Relation, Restriction } from './model.ts';
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

/** Parameters and expression of a condition on one line: `(hour: int): hour > 17`. */
export function formatCondition({ parameters, expression }: Condition): string {
  const declared = [...parameters].map(([name, type]) => `${name}: ${formatParameterType(type)}`);
  return `(${declared.join(', ')}): ${expression.trim().replaceAll(/\s*\n\s*/g, ' ')}`;
}

function formatRewrite(rewrite: Rewrite, restrictions: readonly Restriction[]): string {
  // Operators of different kinds do not mix without parentheses.
  const nested = (operand: Rewrite) => {
    const text = formatRewrite(operand, restrictions);
    return 'operands' in operand || operand.kind === 'exclusion' ? `(${text})` : text;
  };
  switch (rewrite.kind) {
    case 'direct':
      return `[${restrictions.map(formatRestriction).join(', ')}]`;
    case 'computed':
      return rewrite.relation;
    case 'from':
      return `${rewrite.relation} from ${rewrite.through}`;
    case 'union':
      return rewrite.operands.map(nested).join(' or ');
    case 'intersection':
      return rewrite.operands.map(nested).join(' and ');
    case 'exclusion':
      return `${nested(rewrite.base)} but not ${nested(rewrite.subtracted)}`;
    default:
      return assertNever(rewrite);
  }
}

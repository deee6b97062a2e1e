import { type ASTVisitor, Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';
import { badInput } from './errors.ts';

/**
 * Refuses an operation that selects more than `most` fields, with each fragment counted wherever it is spread. What is
 * made again for every event must be small: a few fragments in one another could ask for millions of fields.
 */
export function atMostSelections(most: number): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      if (countFields(operation.selectionSet, context, new Map()) <= most) return;
      context.reportError(badInput(`A subscription may select at most ${most} fields.`, operation));
    },
  });
}

/** Fragments in a circle count as nothing; another rule refuses them. */
function countFields(set: SelectionSetNode, context: ValidationContext, counted: Map<string, number>): number {
  let count = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) count += countFragment(selection.name.value, context, counted);
    else if (selection.kind === Kind.FIELD) count += 1;
    if ('selectionSet' in selection && selection.selectionSet)
      count += countFields(selection.selectionSet, context, counted);
  }
  return count;
}

function countFragment(name: string, context: ValidationContext, counted: Map<string, number>): number {
  const known = counted.get(name);
  if (known !== undefined) return known;
  counted.set(name, 0);
  const fragment = context.getFragment(name);
  const count = fragment ? countFields(fragment.selectionSet, context, counted) : 0;
  counted.set(name, count);
  return count;
}

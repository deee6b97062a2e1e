import { GraphQLIncludeDirective, GraphQLSkipDirective, getDirectiveValues, type SelectionNode } from 'graphql';
import type { Variables } from './read-variables.ts';

/** Whether `@skip` and `@include` leave the selection in; where they cannot be read, it counts as in. */
export function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if ((selection.directives ?? []).length === 0) return true;
  try {
    if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
  } catch {
    return true;
  }
}

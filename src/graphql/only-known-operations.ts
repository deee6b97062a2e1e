import type { ASTVisitor, ValidationContext } from 'graphql';
import { unsupportedOperation } from './errors.ts';

/** Refuses an operation whose root type is missing; without this rule it would fail only when it is executed. */
export function onlyKnownOperations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const root = context.getSchema().getRootType(operation.operation);
      if (root === undefined || root === null) context.reportError(unsupportedOperation(operation));
      return false;
    },
  };
}

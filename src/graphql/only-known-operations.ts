import type { ASTVisitor, OperationTypeNode, ValidationContext, ValidationRule } from 'graphql';
import { unsupportedOperation } from './errors.ts';

/**
 * Refuses an operation of another kind, and one whose root type is missing; without this rule it would fail only when it
 * is executed, or worse, be executed as something else. `elsewhere` says where it is answered.
 */
export function onlyKnownOperations(kinds: readonly OperationTypeNode[], elsewhere: string): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      const root = context.getSchema().getRootType(operation.operation);
      if (!kinds.includes(operation.operation)) context.reportError(unsupportedOperation(operation, ` ${elsewhere}`));
      else if (root === undefined || root === null) context.reportError(unsupportedOperation(operation));
      return false;
    },
  });
}

import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';

const builtinNames: ReadonlySet<string> = new Set([
  ...['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'timestamp', 'duration', 'type', 'uint'],
]);

/**
 * The first name in a CEL expression that is neither declared nor built in, or undefined.
 *
 * The evaluator would report such a name only when it comes to it; a model with a misspelt parameter must be refused
 * when it is published instead.
 */
export function unknownIdentifier(
  expression: Expr | undefined,
  declared: ReadonlySet<string>,
  isFunction: (name: string) => boolean,
): string | undefined {
  const kind = expression?.exprKind;
  const visit = (parts: readonly (Expr | undefined)[], names = declared) => {
    for (const part of parts) {
      const unknown = unknownIdentifier(part, names, isFunction);
      if (unknown !== undefined) return unknown;
    }
    return undefined;
  };
  switch (kind?.case) {
    case 'identExpr':
      return declared.has(kind.value.name) || builtinNames.has(kind.value.name) ? undefined : kind.value.name;
    case 'selectExpr':
      return visit([kind.value.operand]);
    case 'callExpr':
      return isFunction(kind.value.function) ? visit([kind.value.target, ...kind.value.args]) : kind.value.function;
    case 'listExpr':
      return visit(kind.value.elements);
    case 'structExpr':
      return visit(
        kind.value.entries.flatMap((entry) => [
          entry.keyKind.case === 'mapKey' ? entry.keyKind.value : undefined,
          entry.value,
        ]),
      );
    case 'comprehensionExpr': {
      const { iterRange, accuInit, iterVar, iterVar2, accuVar, loopCondition, loopStep, result } = kind.value;
      const names = new Set([...declared, iterVar, iterVar2, accuVar]);
      return visit([iterRange, accuInit]) ?? visit([loopCondition, loopStep, result], names);
    }
    default:
      return undefined;
  }
}

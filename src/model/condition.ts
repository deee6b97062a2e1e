import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { convertParameter, formatParameterType, type ParameterType, staticTypeOf } from './condition-parameter.ts';
import { checkExpression } from './expression/check-expression.ts';
import { CostExceeded } from './expression/expression-cost.ts';
import { parseExpression } from './expression/parse-expression.ts';
import { type Plan, planExpression } from './expression/plan-expression.ts';
import { SyntaxProblem } from './expression/syntax.ts';
import { EvaluationStopped, ExpressionError, type Value } from './expression/values.ts';
import type { ConditionName } from './names.ts';
import { type Problem, problem } from './problem.ts';
import type { Context } from './relationship.ts';

/** A condition of the model, compiled once. */
export interface Condition {
  readonly name: ConditionName;
  readonly expression: string;
  readonly parameters: ReadonlyMap<string, ParameterType>;
  /** Evaluates the expression; anything but `true` and `false` is a problem. */
  readonly evaluate: (context: Context) => Result<boolean, Problem>;
}

/** Why a condition cannot be compiled: a sentence, and where in its expression, in UTF-16 units, if it is about a place. */
export interface ConditionProblem {
  readonly message: string;
  readonly at: number | undefined;
}

/** Longest expression that is compiled, as in OpenFGA. */
const maxExpressionBytes = 512;

/**
 * Compiles an expression over its parameters. Whatever OpenFGA would refuse when a model is written is refused here: names
 * that are not declared, types that do not fit, and what is neither true nor false.
 */
export function compileCondition(
  name: ConditionName,
  expression: string,
  parameters: ReadonlyMap<string, ParameterType>,
): Result<Condition, ConditionProblem> {
  const refuse = (message: string, at?: number) => failed({ message, at });
  if (Buffer.byteLength(expression) > maxExpressionBytes) {
    return refuse(`The condition ${quote(name)} is longer than ${maxExpressionBytes} bytes.`);
  }
  try {
    const plan = compileExpression(expression, parameters);
    if (plan === undefined) return refuse(`The condition ${quote(name)} does not return true or false.`);
    return ok({ name, expression, parameters, evaluate: (context) => evaluateWith(name, parameters, plan, context) });
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return refuse(
      `In the condition ${quote(name)}, ${error.message}${/[.?]$/.test(error.message) ? '' : '.'}`,
      error.at,
    );
  }
}

/** Undefined for an expression that is no condition. Throws a `SyntaxProblem`. */
function compileExpression(text: string, parameters: ReadonlyMap<string, ParameterType>): Plan | undefined {
  const expression = parseExpression(text);
  const types = new Map([...parameters].map(([name, type]) => [name, staticTypeOf(type)]));
  const checked = checkExpression(expression, types);
  return checked.type.kind === 'bool' ? planExpression(expression, checked, [...parameters.keys()]) : undefined;
}

function evaluateWith(
  name: ConditionName,
  parameters: ReadonlyMap<string, ParameterType>,
  plan: Plan,
  context: Context,
): Result<boolean, Problem> {
  const values = bind(name, parameters, context);
  if (!values.ok) return values;
  const result = run(plan, values.value);
  // Errors are objects, which are truthy: only the two booleans are answers.
  if (result === true || result === false) return ok(result);
  if (result instanceof CostExceeded) {
    const message = `The condition ${quote(name)} would have to look at too much: its lists are too long.`;
    return failed(problem('CONDITION_FAILED', message));
  }
  const reason = reasonOf(result);
  return failed(problem('CONDITION_FAILED', `The condition ${quote(name)} could not be evaluated: ${reason}.`));
}

function run(plan: Plan, values: readonly Value[]): Value | EvaluationStopped {
  try {
    return plan(values);
  } catch (error) {
    if (error instanceof EvaluationStopped) return error;
    throw error;
  }
}

function reasonOf(result: Value | EvaluationStopped): string {
  if (result instanceof EvaluationStopped) return result.message;
  return result instanceof ExpressionError ? result.reason : 'it did not return true or false';
}

/** All declared parameters must be there, even if the expression would not look at one (OpenFGA, `Evaluate`). */
function bind(
  name: ConditionName,
  parameters: ReadonlyMap<string, ParameterType>,
  context: Context,
): Result<readonly Value[], Problem> {
  const values: Value[] = [];
  for (const [parameter, type] of parameters) {
    const given = context.get(parameter);
    if (given === undefined) return failed(missingParameter(name, parameter));
    const value = convertParameter(type, given);
    if (value === undefined) return failed(invalidParameter(name, parameter, type));
    values.push(value);
  }
  return ok(values);
}

function missingParameter(condition: ConditionName, parameter: string): Problem {
  return problem('MISSING_CONTEXT', `The condition ${quote(condition)} needs the parameter ${quote(parameter)}.`);
}

export function invalidParameter(condition: ConditionName, parameter: string, type: ParameterType): Problem {
  const expected = formatParameterType(type);
  return problem(
    'INVALID_CONTEXT',
    `The parameter ${quote(parameter)} of the condition ${quote(condition)} is not a valid ${expected}.`,
  );
}

import {
  type CelEnv,
  type CelInput,
  CelScalar,
  celEnv,
  celFunc,
  celMethod,
  isCelError,
  parse,
  plan,
} from '@bufbuild/cel';

import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import {
  celTypeOf,
  convertParameter,
  formatParameterType,
  type ParameterType,
  sampleOf,
} from './condition-parameter.ts';
import { expressionCost, sizesOf } from './expression-cost.ts';
import { unknownIdentifier } from './expression-names.ts';
import { canonicalIpAddress, isInCidr } from './ip-address.ts';
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

/** Longest expression that is compiled, as in OpenFGA. */
const maxExpressionBytes = 512;

/** Compiles an expression over its parameters; the problem is a sentence. */
export function compileCondition(
  name: ConditionName,
  expression: string,
  parameters: ReadonlyMap<string, ParameterType>,
): Result<Condition, string> {
  if (Buffer.byteLength(expression) > maxExpressionBytes) {
    return failed(`The condition ${quote(name)} is longer than ${maxExpressionBytes} bytes.`);
  }
  const program = compileExpression(name, expression, parameters);
  if (!program.ok) return program;
  if (isNoCondition(parameters, program.value)) {
    return failed(`The condition ${quote(name)} does not return true or false.`);
  }
  const evaluate = (context: Context) => evaluateWith(name, parameters, program.value, context);
  return ok({ name, expression, parameters, evaluate });
}

/** Tries the expression: a value that is neither true, false nor an error can never be the answer of a condition. */
function isNoCondition(parameters: ReadonlyMap<string, ParameterType>, program: Program): boolean {
  const samples = [...parameters].map(
    ([parameter, type]) => [parameter, convertParameter(type, sampleOf(type))] as const,
  );
  if (samples.some(([, value]) => value === undefined)) return false;
  const result = run(program, Object.fromEntries(samples) as Record<string, CelInput>);
  return result !== true && result !== false && !isCelError(result) && !(result instanceof Error);
}

interface Program {
  readonly run: (bindings: Record<string, CelInput>) => unknown;
  /** The most steps that it can take over these values. */
  readonly costOf: (bindings: Record<string, CelInput>) => number;
}

/** Steps of one evaluation, as `expressionCost` counts them: some hundredths of a second (OpenFGA has a limit on cost, too). */
const maxCost = 100_000;

function compileExpression(
  name: ConditionName,
  expression: string,
  parameters: ReadonlyMap<string, ParameterType>,
): Result<Program, string> {
  const env = environment(parameters);
  try {
    const parsed = parse(expression);
    const unknown = unknownIdentifier(parsed.expr, new Set(parameters.keys()), (called) => isFunction(env, called));
    if (unknown !== undefined)
      return failed(`The condition ${quote(name)} uses the undeclared name ${quote(unknown)}.`);
    const costOf = (bindings: Record<string, CelInput>) => expressionCost(parsed.expr, sizesOf(bindings));
    return ok({ run: plan(env, parsed), costOf });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be parsed';
    return failed(`The condition ${quote(name)} is not a valid CEL expression: ${reason}.`);
  }
}

/** Operators are functions named `_+_`, which the parser made; only names that a person wrote can be wrong. */
function isFunction(env: CelEnv, name: string): boolean {
  return !/^[A-Za-z]/.test(name) || env.funcs.find(name) !== undefined;
}

function environment(parameters: ReadonlyMap<string, ParameterType>): CelEnv {
  const variables = Object.fromEntries([...parameters].map(([name, type]) => [name, celTypeOf(type)]));
  return celEnv({ variables, funcs: addressFunctions });
}

const addressFunctions = [
  celFunc('ipaddress', [CelScalar.STRING], CelScalar.STRING, (text) => {
    const address = canonicalIpAddress(text);
    if (address === undefined) throw new Error(`${quote(text)} is not an IP address`);
    return address;
  }),
  celMethod('in_cidr', CelScalar.STRING, [CelScalar.STRING], CelScalar.BOOL, function (range) {
    const address = canonicalIpAddress(this);
    const inside = address === undefined ? undefined : isInCidr(address, range);
    if (inside === undefined) throw new Error(`${quote(range)} is not an IP range`);
    return inside;
  }),
];

function evaluateWith(
  name: ConditionName,
  parameters: ReadonlyMap<string, ParameterType>,
  program: Program,
  context: Context,
): Result<boolean, Problem> {
  const bindings = bind(name, parameters, context);
  if (!bindings.ok) return bindings;
  if (program.costOf(bindings.value) > maxCost) {
    const message = `The condition ${quote(name)} would have to look at too much: its lists are too long.`;
    return failed(problem('CONDITION_FAILED', message));
  }
  const result = run(program, bindings.value);
  // CEL returns its errors as objects, which are truthy: only the two booleans are answers.
  if (result === true || result === false) return ok(result);
  const reason = isCelError(result) ? result.message : 'it did not return true or false';
  return failed(problem('CONDITION_FAILED', `The condition ${quote(name)} could not be evaluated: ${reason}.`));
}

function run(program: Program, bindings: Record<string, CelInput>): unknown {
  try {
    return program.run(bindings);
  } catch (error) {
    return error;
  }
}

/** All declared parameters must be there, even if the expression would not look at one (OpenFGA, `Evaluate`). */
function bind(
  name: ConditionName,
  parameters: ReadonlyMap<string, ParameterType>,
  context: Context,
): Result<Record<string, CelInput>, Problem> {
  const bindings: [string, CelInput][] = [];
  for (const [parameter, type] of parameters) {
    const value = context.get(parameter);
    if (value === undefined) return failed(missingParameter(name, parameter));
    const converted = convertParameter(type, value);
    if (converted === undefined) return failed(invalidParameter(name, parameter, type));
    bindings.push([parameter, converted]);
  }
  return ok(Object.fromEntries(bindings));
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

import { assertNever } from '../../base/assert-never.ts';
import { invariant } from '../../base/invariant.ts';
import { quote } from '../../base/text-problem.ts';
import { type CheckedExpression, qualifiedName } from './check-expression.ts';
import { noOverload } from './compare-values.ts';
import { type CostRule, declaredTypes } from './declared-functions.ts';
import { elementOf, hasField, isKey, notThere } from './elements.ts';
import { Cost, messageSteps } from './expression-cost.ts';
import { functions, type Implementation } from './functions.ts';
import { messageTypes } from './messages.ts';
import {
  counted,
  planBinary,
  planChoice,
  planEquality,
  planGathering,
  planList,
  planLogic,
  planMap,
  planUnary,
  type Step,
} from './plan-steps.ts';
import type { StaticType } from './static-type.ts';
import { type Call, type Expression, type Fold, gathered, type Message, type Select, SyntaxProblem } from './syntax.ts';
import { ExpressionError, isList, TypeValue, typeNameOf, type Value, ValueMap } from './values.ts';

/** Evaluates a checked expression over the values of its parameters, in their order. Throws `EvaluationStopped`. */
export type Plan = (parameters: readonly Value[]) => Value;

/** Makes an expression ready to be evaluated often. Throws a `SyntaxProblem` for what only shows now. */
export function planExpression(
  expression: Expression,
  { overloads }: CheckedExpression,
  parameters: readonly string[],
): Plan {
  const planner = new Planner(overloads, new Map(parameters.map((name, slot) => [name, slot])));
  const step = planner.plan(expression, noLocals);
  const { slots } = planner;
  return (values) => step({ slots: [...values, ...Array<Value>(slots - values.length).fill(null)], cost: new Cost() });
}

type Locals = ReadonlyMap<string, number>;

const noLocals: Locals = new Map();

class Planner {
  readonly #overloads: CheckedExpression['overloads'];
  readonly #parameters: Locals;
  /** How many values a frame holds. */
  slots: number;

  constructor(overloads: CheckedExpression['overloads'], parameters: Locals) {
    this.#overloads = overloads;
    this.#parameters = parameters;
    this.slots = parameters.size;
  }

  plan(expression: Expression, locals: Locals): Step {
    switch (expression.kind) {
      case 'literal': {
        const { value } = expression;
        return () => value;
      }
      case 'name':
        return this.#planName(expression.name, locals, 1);
      case 'select':
        return this.#planSelect(expression, locals);
      case 'call':
        return this.#planCall(expression, locals);
      case 'list':
        return planList(expression.items.map((item) => this.plan(item, locals)));
      case 'map':
        return planMap(expression.entries.map(([key, value]) => [this.plan(key, locals), this.plan(value, locals)]));
      case 'message':
        return this.#planMessage(expression, locals);
      case 'fold':
        return this.#planFold(expression, locals);
      default:
        return assertNever(expression);
    }
  }

  /** What a name stands for; a type costs nothing. */
  #planName(name: string, locals: Locals, steps: number): Step {
    const slot = this.#slotOf(name, locals);
    if (slot !== undefined) return counted(steps, ({ slots }) => slots[slot] ?? null);
    const type = typeValue(name.replace('.', ''));
    return () => type;
  }

  #slotOf(name: string, locals: Locals): number | undefined {
    return locals.get(name) ?? this.#parameters.get(name.replace('.', ''));
  }

  #planSelect(select: Select, locals: Locals): Step {
    const { of, field, isTest } = select;
    const names = isTest ? undefined : qualifiedName(select)?.replace(/^\./, '');
    if (names !== undefined && declaredTypes.has(names) && !locals.has(names.split('.')[0] ?? '')) {
      const type = typeValue(names);
      return () => type;
    }
    const operand = this.#planQualified(of, locals);
    const missing = new ExpressionError(`there is no field ${quote(field)}`);
    return counted(1, (frame) => {
      const value = operand(frame);
      if (value instanceof ExpressionError) return value;
      if (isTest) return hasField(value, field);
      const found = elementOf(value, field);
      return found === notThere ? missing : found;
    });
  }

  /** What a field or an element is taken of; the first one that is taken of the outcome of something else costs a step more. */
  #planQualified(of: Expression, locals: Locals): Step {
    const step = this.plan(of, locals);
    const isPlain = of.kind === 'name' || of.kind === 'select' || (of.kind === 'call' && attributes.has(of.name));
    return isPlain ? step : counted(1, step);
  }

  #planCall(call: Call, locals: Locals): Step {
    const inputs = call.target === undefined ? call.inputs : [call.target, ...call.inputs];
    const [first, second, third] = inputs;
    const name = call.name.replace(/^\./, '');
    if (first === undefined) throw new SyntaxProblem(call.at, 'a function is called without inputs');
    if (name === '_[_]' && second) return this.#planIndex(first, second, locals);
    if (name === '_?_:_' && second && third) {
      return planChoice(this.plan(first, locals), this.#planBranch(second, locals), this.#planBranch(third, locals));
    }
    const [left, right] = [this.plan(first, locals), second && this.plan(second, locals)];
    if (name === '@not_strictly_false') return counted(1, (frame) => left(frame) !== false);
    if (right === undefined) return planUnary(left, this.#implementationOf(call, name), this.#ruleOf(call));
    if (name === '_&&_') return planLogic(left, right, false);
    if (name === '_||_') return planLogic(left, right, true);
    if (name === '_==_') return planEquality(left, right, true);
    if (name === '_!=_') return planEquality(left, right, false);
    if (isGathering(call)) return planGathering(left, right);
    return planBinary(left, right, this.#implementationOf(call, name), this.#ruleOf(call));
  }

  /** The name that a branch begins with costs nothing, as in cel-go. */
  #planBranch(branch: Expression, locals: Locals): Step {
    if (branch.kind === 'name') return this.#planName(branch.name, locals, 0);
    const step = this.plan(branch, locals);
    const name = firstName(branch);
    if (name === undefined || this.#slotOf(name, locals) === undefined) return step;
    return (frame) => {
      frame.cost.add(-1);
      return step(frame);
    };
  }

  #ruleOf(call: Call): CostRule | undefined {
    return this.#overloads.get(call)?.cost;
  }

  #implementationOf(call: Call, name: string): Implementation {
    const implementation = implementationOf(name);
    const overload = this.#overloads.get(call);
    const [wanted] = overload?.checksInputs === true ? overload.inputs : [];
    if (wanted === undefined) return implementation;
    return (first, second, cost) => (isOfType(first, wanted) ? implementation(first, second, cost) : noOverload);
  }

  #planIndex(of: Expression, index: Expression, locals: Locals): Step {
    const isType =
      index.kind === 'name' && !locals.has(index.name) && !this.#parameters.has(index.name.replace('.', ''));
    if (isType || (index.kind === 'literal' && !isKey(index.value))) {
      throw new SyntaxProblem(index.at, 'bytes, types and null are no keys');
    }
    const [operand, key] = [this.#planQualified(of, locals), this.#planBranch(index, locals)];
    return counted(1, (frame) => {
      const value = operand(frame);
      if (value instanceof ExpressionError) return value;
      const found = key(frame);
      return found instanceof ExpressionError ? found : elementOf(value, found);
    });
  }

  #planMessage({ name, fields }: Message, locals: Locals): Step {
    const make = messageTypes.get(name)?.make;
    const steps = fields.map(([field, value]) => [field, this.plan(value, locals)] as const);
    return counted(messageSteps, (frame) => {
      const values = new Map<string, Value>();
      for (const [field, step] of steps) {
        const value = step(frame);
        if (value instanceof ExpressionError) return value;
        values.set(field, value);
      }
      return make?.(values) ?? noOverload;
    });
  }

  #planFold({ range, element, start, goOn, step, result }: Fold, locals: Locals): Step {
    const [rangeStep, startStep] = [this.plan(range, locals), this.plan(start, locals)];
    const [sumSlot, elementSlot] = [this.slots, this.slots + 1];
    this.slots += 2;
    const outer = new Map([...locals, [gathered, sumSlot]]);
    const inner = new Map([...outer, [element, elementSlot]]);
    const [goOnStep, nextStep] = [this.plan(goOn, inner), this.plan(step, inner)];
    const resultStep = this.plan(result, outer);
    return (frame) => {
      const all = rangeStep(frame);
      if (all instanceof ExpressionError) return all;
      if (!isList(all) && !(all instanceof ValueMap)) return noOverload;
      frame.slots[sumSlot] = startStep(frame);
      for (const one of isList(all) ? all : all.keys()) {
        frame.slots[elementSlot] = one;
        if (goOnStep(frame) === false) break;
        frame.slots[sumSlot] = nextStep(frame);
      }
      return resultStep(frame);
    };
  }
}

const attributes: ReadonlySet<string> = new Set(['_[_]', '_?_:_']);

function typeValue(name: string): TypeValue {
  return new TypeValue(name);
}

/** `a` of `a.k["m"]` and of `has(a.k)`. */
function firstName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'select') return firstName(expression.of);
  const isIndex = expression.kind === 'call' && expression.name === '_[_]';
  return isIndex && expression.inputs[0] !== undefined ? firstName(expression.inputs[0]) : undefined;
}

function isOfType(value: Value, { kind }: StaticType): boolean {
  return declaredTypes.get(typeNameOf(value))?.kind === kind;
}

/** What `map` and `filter` do with each element: their list is their own, and can grow in place. */
function isGathering({ name, inputs: [first, second] }: Call): boolean {
  return name === '_+_' && first?.kind === 'name' && first.name === gathered && second?.kind === 'list';
}

function implementationOf(name: string): Implementation {
  const implementation = functions.get(name);
  invariant(implementation !== undefined, `the function "${name}" is implemented where it is declared`);
  return implementation;
}

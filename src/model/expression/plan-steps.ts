import { addressBesideOther, equalValues, noOverload } from './compare-values.ts';
import type { CostRule } from './declared-functions.ts';
import { type Cost, listSteps, mapSteps, stepsOf } from './expression-cost.ts';
import type { Implementation } from './functions.ts';
import { EvaluationStopped, ExpressionError, isList, isSameKey, type Value, ValueMap } from './values.ts';

/** The values of parameters and of what loops name, and what was spent. */
export interface Frame {
  readonly slots: Value[];
  readonly cost: Cost;
}

export type Step = (frame: Frame) => Value;

export function counted(steps: number, step: Step): Step {
  return (frame) => {
    const value = step(frame);
    frame.cost.add(steps);
    return value;
  };
}

export function planUnary(input: Step, implementation: Implementation, rule: CostRule | undefined): Step {
  return (frame) => {
    const value = input(frame);
    frame.cost.add(rule === undefined ? 1 : stepsOf(rule, value, null));
    // The type system has no word for "no second input".
    return value instanceof ExpressionError ? value : implementation(value, undefined as never);
  };
}

export function planBinary(left: Step, right: Step, implementation: Implementation, rule: CostRule | undefined): Step {
  return (frame) => {
    const [first, second] = [left(frame), right(frame)];
    frame.cost.add(rule === undefined ? 1 : stepsOf(rule, first, second));
    if (first instanceof ExpressionError) return first;
    return second instanceof ExpressionError ? second : implementation(first, second, frame.cost);
  };
}

/** `&&` and `||`: an operand that decides alone decides, on whichever side it is and whatever the other one is. */
export function planLogic(left: Step, right: Step, deciding: boolean): Step {
  return (frame) => {
    const first = left(frame);
    if (first === deciding) return deciding;
    const second = right(frame);
    if (second === deciding) return deciding;
    if (typeof first !== 'boolean') return first instanceof ExpressionError ? first : noOverload;
    if (typeof second !== 'boolean') return second instanceof ExpressionError ? second : noOverload;
    return !deciding;
  };
}

export function planEquality(left: Step, right: Step, wanted: boolean): Step {
  return (frame) => {
    const [first, second] = [left(frame), right(frame)];
    frame.cost.add(stepsOf('smaller', first, second));
    if (first instanceof ExpressionError) return first;
    if (second instanceof ExpressionError) return second;
    const equal = equalValues(first, second);
    return equal === undefined ? addressBesideOther : equal === wanted;
  };
}

export function planChoice(condition: Step, yes: Step, no: Step): Step {
  return (frame) => {
    const value = condition(frame);
    if (value === true) return yes(frame);
    if (value === false) return no(frame);
    return value instanceof ExpressionError ? value : noOverload;
  };
}

export function planList(items: readonly Step[]): Step {
  return (frame) => {
    const values: Value[] = [];
    for (const item of items) {
      const value = item(frame);
      if (value instanceof ExpressionError) return value;
      values.push(value);
    }
    frame.cost.add(listSteps);
    return values;
  };
}

/** Adds to a list that nobody else has. */
export function planGathering(list: Step, items: Step): Step {
  return (frame) => {
    const [all, more] = [list(frame), items(frame)];
    frame.cost.add(1);
    if (all instanceof ExpressionError) return all;
    if (more instanceof ExpressionError) return more;
    if (!isList(all) || !isList(more)) return noOverload;
    (all as Value[]).push(...more);
    return all;
  };
}

export function planMap(entries: readonly (readonly [key: Step, value: Step])[]): Step {
  return (frame) => {
    const texts = new Map<string, Value>();
    const others: [Value, Value][] = [];
    for (const [keyStep, valueStep] of entries) {
      const key = keyStep(frame);
      if (key instanceof ExpressionError) return key;
      const value = valueStep(frame);
      if (value instanceof ExpressionError) return value;
      if (typeof key === 'string') texts.set(key, value);
      else putOther(others, key, value);
    }
    frame.cost.add(mapSteps);
    return new ValueMap(texts, others);
  };
}

function putOther(others: [Value, Value][], key: Value, value: Value): void {
  if (key instanceof Uint8Array) throw new EvaluationStopped('bytes are no key');
  const known = others.find(([other]) => isSameKey(other, key));
  if (known === undefined) others.push([key, value]);
  else known[1] = value;
}

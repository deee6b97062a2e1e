import type { CostRule } from './declared-functions.ts';
import { EvaluationStopped, isList, type Value, ValueMap } from './values.ts';

/** What an expression may cost in all, in the steps that cel-go counts: some milliseconds. */
export const maxCost = 10_000;

/** How much `+` may make of lists and texts in all, and how many values are compared with others: what all steps would pay for. */
const maxValues = 10 * maxCost;

export class CostExceeded extends EvaluationStopped {}

/** Counts the steps of one evaluation. */
export class Cost {
  #spent = 0;
  readonly #made = new ValueCount();

  add(steps: number): void {
    this.#spent += steps;
    if (this.#spent > maxCost) throw new CostExceeded('it looks at too much');
  }

  /** Before a value is made of two: twice as long each time, a few of them would be longer than all memory. */
  make(first: Value, second: Value): void {
    this.#made.add(sizeOf(first) + sizeOf(second));
  }
}

/** Counts what steps do not: values may hold the same value many times, and so be much larger than they look. */
export class ValueCount {
  #count = 0;

  add(count: number): void {
    this.#count += count;
    if (this.#count > maxValues) throw new CostExceeded('it looks at too much');
  }
}

export const listSteps = 10;
export const mapSteps = 30;
export const messageSteps = 40;

/** What a call costs beside its inputs: texts count a tenth of their length, as in cel-go. */
export function stepsOf(rule: CostRule, first: Value, second: Value): number {
  switch (rule) {
    case 'first':
      return tenth(sizeOf(first));
    case 'second':
      return tenth(sizeOf(second));
    case 'elements':
      return sizeOf(second);
    case 'smaller':
      return tenth(Math.min(sizeOf(first), sizeOf(second)));
    case 'both':
      return tenth(sizeOf(first) + sizeOf(second));
    case 'pattern':
      return tenth(1 + sizeOf(first)) * Math.ceil(sizeOf(second) / 4);
    case 'contained':
      return tenth(sizeOf(first)) * tenth(sizeOf(second));
  }
}

function tenth(size: number): number {
  return Math.ceil(size / 10);
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return lengthOf(value);
  if (isList(value) || value instanceof Uint8Array) return value.length;
  return value instanceof ValueMap ? value.size : 1;
}

/** In code points. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if (isPair(text.charCodeAt(index - 1), text.charCodeAt(index))) length -= 1;
  }
  return length;
}

/** Whether two UTF-16 units are one character. */
function isPair(first: number, second: number): boolean {
  return first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000;
}

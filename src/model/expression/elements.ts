import { ExpressionError, isInt, isList, minInt, Uint, type Value, ValueMap } from './values.ts';

/** Whether elements can be found by it. */
export function isKey(value: Value): boolean {
  return ['string', 'bigint', 'number', 'boolean'].includes(typeof value) || value instanceof Uint;
}

/** `of[key]`, and `of.key`. */
export function elementOf(of: Value, key: Value): Value {
  if (!isKey(key)) return noKey;
  const found = of instanceof ValueMap ? of.find(key) : isList(of) ? itemOf(of, key) : undefined;
  // What is found can be null, which is not nothing.
  return found === undefined ? notThere : found;
}

function itemOf(list: readonly Value[], key: Value): Value | undefined {
  const index = indexOf(key);
  return index === undefined ? noKey : list[Number(index)];
}

/** `has(of.field)`: what has no fields has not this one, but a list has no names to ask for. */
export function hasField(of: Value, field: string): Value {
  if (isList(of)) return noKey;
  return of instanceof ValueMap && of.find(field) !== undefined;
}

/** The place in a list that a number names, also a double that is whole. */
function indexOf(key: Value): bigint | undefined {
  if (typeof key === 'bigint') return key;
  if (key instanceof Uint) return isInt(key.value) ? key.value : undefined;
  if (typeof key !== 'number' || !Number.isInteger(key)) return undefined;
  const whole = BigInt(key);
  return isInt(whole) && whole !== minInt ? whole : undefined;
}

export const notThere = new ExpressionError('an element is asked for that is not there');
const noKey = new ExpressionError('an element is asked for by something that is no key');

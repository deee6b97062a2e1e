import { ValueCount } from './expression-cost.ts';
import {
  Duration,
  ExpressionError,
  IpAddress,
  isList,
  isSameAddress,
  isSameInstant,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
  ValueMap,
} from './values.ts';

export const noOverload = new ExpressionError('its operands are of types that it is not defined for');
/** What an undefined equality is. */
export const addressBesideOther = new ExpressionError('an address is compared with something that is none');

/**
 * Whether two values are equal: numbers whatever their type, everything else only within its type. Undefined where an
 * address is compared with something that is none: that has no answer, in whichever depth it is asked.
 */
export function equalValues(left: Value, right: Value, seen = new ValueCount()): boolean | undefined {
  seen.add(1);
  if (left === null || right === null) return left === right;
  if (isNumber(left)) return isNumber(right) && compareNumbers(left, right) === 0;
  if (isList(left)) return isList(right) && equalLists(left, right, seen);
  if (left instanceof ValueMap) return right instanceof ValueMap && equalMaps(left, right, seen);
  if (left instanceof Uint8Array) return right instanceof Uint8Array && Buffer.compare(left, right) === 0;
  if (left instanceof Duration) return right instanceof Duration && left.nanos === right.nanos;
  if (left instanceof Timestamp) return right instanceof Timestamp && isSameInstant(left, right);
  if (left instanceof TypeValue) return right instanceof TypeValue && left.name === right.name;
  if (left instanceof IpAddress) return right instanceof IpAddress ? isSameAddress(left, right) : undefined;
  return left === right;
}

function equalLists(left: readonly Value[], right: readonly Value[], seen: ValueCount): boolean | undefined {
  if (left.length !== right.length) return false;
  let result: boolean | undefined = true;
  for (const [index, item] of left.entries()) {
    const equal = equalValues(item, right[index] ?? null, seen);
    if (equal === false) return false;
    result = equal === undefined ? undefined : result;
  }
  return result;
}

function equalMaps(left: ValueMap, right: ValueMap, seen: ValueCount): boolean | undefined {
  if (left.size !== right.size) return false;
  let result: boolean | undefined = true;
  for (const key of left.keys()) {
    const [mine, other] = [left.find(key), right.find(key)];
    if (mine === undefined || other === undefined) return false;
    const equal = equalValues(mine, other, seen);
    if (equal === false) return false;
    result = equal === undefined ? undefined : result;
  }
  return result;
}

/** Negative, zero or positive; an error where the two have no order. */
export function compareValues(left: Value, right: Value): number | ExpressionError {
  if (isNumber(left)) {
    if (!isNumber(right)) return noOverload;
    const order = compareNumbers(left, right);
    return order === undefined ? new ExpressionError('what is not a number has no order') : order;
  }
  if (typeof left === 'string') return typeof right === 'string' ? compareTexts(left, right) : noOverload;
  if (typeof left === 'boolean') return typeof right === 'boolean' ? Number(left) - Number(right) : noOverload;
  if (left instanceof Duration) return right instanceof Duration ? sign(left.nanos - right.nanos) : noOverload;
  if (left instanceof Timestamp) return right instanceof Timestamp ? compareInstants(left, right) : noOverload;
  if (left instanceof Uint8Array) return right instanceof Uint8Array ? Buffer.compare(left, right) : noOverload;
  return noOverload;
}

type NumberValue = bigint | number | Uint;

function isNumber(value: Value): value is NumberValue {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint;
}

/** Undefined where one of them is not a number; a whole number beside a double is compared as a double. */
function compareNumbers(left: NumberValue, right: NumberValue): number | undefined {
  const [one, other] = [wholeOf(left), wholeOf(right)];
  if (typeof one === 'bigint' && typeof other === 'bigint') return sign(one - other);
  const [a, b] = [Number(one), Number(other)];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}

function wholeOf(value: NumberValue): bigint | number {
  return value instanceof Uint ? value.value : value;
}

function compareInstants(left: Timestamp, right: Timestamp): number {
  return sign(left.seconds - right.seconds) || left.nanos - right.nanos;
}

function sign(difference: bigint): number {
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** By code points: JavaScript's `<` would put the surrogates of U+10000 and above before U+E000. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for characters above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

import { noOverload } from './compare-values.ts';
import { isInCalendar, outOfCalendar, tooLarge } from './conversions.ts';
import { Duration, ExpressionError, isInt, isList, isUint, Timestamp, Uint, type Value } from './values.ts';

export function add(left: Value, right: Value): Value {
  if (left instanceof Timestamp) return right instanceof Duration ? shift(left, right.nanos) : noOverload;
  if (left instanceof Duration) {
    if (right instanceof Timestamp) return shift(right, left.nanos);
    return right instanceof Duration ? durationOf(left.nanos + right.nanos) : noOverload;
  }
  if (typeof left === 'string') return typeof right === 'string' ? left + right : noOverload;
  if (isList(left)) return isList(right) ? [...left, ...right] : noOverload;
  if (left instanceof Uint8Array) return right instanceof Uint8Array ? Buffer.concat([left, right]) : noOverload;
  return compute(
    left,
    right,
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

export function subtract(left: Value, right: Value): Value {
  if (left instanceof Timestamp) {
    if (right instanceof Timestamp) return durationBetween(left, right);
    return right instanceof Duration ? shiftBack(left, right.nanos) : noOverload;
  }
  if (left instanceof Duration) return right instanceof Duration ? durationOf(left.nanos - right.nanos) : noOverload;
  return compute(
    left,
    right,
    (a, b) => a - b,
    (a, b) => a - b,
  );
}

export function multiply(left: Value, right: Value): Value {
  return compute(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
  );
}

export function divide(left: Value, right: Value): Value {
  return isZero(right) && sameKind(left, right)
    ? byZero
    : compute(
        left,
        right,
        (a, b) => a / b,
        (a, b) => a / b,
      );
}

export function remainder(left: Value, right: Value): Value {
  if (typeof left === 'number') return noOverload;
  if (isZero(right) && sameKind(left, right)) return byZero;
  // As in cel-go, where the quotient would be out of range.
  if (left === leastInt && right === -1n) return tooLarge;
  return compute(
    left,
    right,
    (a, b) => a % b,
    () => Number.NaN,
  );
}

export function negate(value: Value): Value {
  if (typeof value === 'number') return -value;
  if (typeof value === 'bigint') return intOf(-value);
  return value instanceof Duration ? durationOf(-value.nanos) : noOverload;
}

const byZero = new ExpressionError('a number is divided by zero');
const leastInt = -(2n ** 63n);
const nanosPerSecond = 1_000_000_000n;

function compute(
  left: Value,
  right: Value,
  whole: (left: bigint, right: bigint) => bigint,
  double: (left: number, right: number) => number,
): Value {
  if (typeof left === 'bigint') return typeof right === 'bigint' ? intOf(whole(left, right)) : noOverload;
  if (typeof left === 'number') return typeof right === 'number' ? double(left, right) : noOverload;
  if (!(left instanceof Uint) || !(right instanceof Uint)) return noOverload;
  const value = whole(left.value, right.value);
  return isUint(value) ? new Uint(value) : tooLarge;
}

/** Of whole numbers: doubles are divided by zero as IEEE 754 says. */
function isZero(value: Value): boolean {
  return value === 0n || (value instanceof Uint && value.value === 0n);
}

function sameKind(left: Value, right: Value): boolean {
  return typeof left === 'bigint' ? typeof right === 'bigint' : left instanceof Uint && right instanceof Uint;
}

function intOf(value: bigint): Value {
  return isInt(value) ? value : tooLarge;
}

function durationOf(nanos: bigint): Value {
  return isInt(nanos) ? new Duration(nanos) : new ExpressionError('a duration is out of range');
}

/** As in cel-go, the whole seconds between them must fit on their own. */
function durationBetween(end: Timestamp, start: Timestamp): Value {
  const whole = (end.seconds - start.seconds) * nanosPerSecond;
  return isInt(whole) ? durationOf(whole + BigInt(end.nanos - start.nanos)) : durationOf(whole);
}

function nanosSince({ seconds, nanos }: Timestamp): bigint {
  return seconds * nanosPerSecond + BigInt(nanos);
}

function shiftBack(instant: Timestamp, nanos: bigint): Value {
  return nanos === leastInt ? new ExpressionError('a duration is out of range') : shift(instant, -nanos);
}

function shift(instant: Timestamp, by: bigint): Value {
  const total = nanosSince(instant) + by;
  const nanos = ((total % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  const seconds = (total - nanos) / nanosPerSecond;
  return isInCalendar(seconds) ? new Timestamp(seconds, Number(nanos), instant.offsetSeconds) : outOfCalendar;
}

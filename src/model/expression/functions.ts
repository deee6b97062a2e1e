import { isInCidr, parseIpAddress } from '../ip-address.ts';
import { add, divide, multiply, negate, remainder, subtract } from './arithmetic.ts';
import { addressBesideOther, compareValues, equalValues, noOverload } from './compare-values.ts';
import { toBool, toBytes, toDouble, toDuration, toInt, toText, toTimestamp, toUint } from './conversions.ts';
import { type Cost, lengthOf, ValueCount } from './expression-cost.ts';
import { matchesPattern } from './pattern.ts';
import { localDate } from './time-zone.ts';
import {
  Duration,
  EvaluationStopped,
  ExpressionError,
  IpAddress,
  isList,
  Timestamp,
  TypeValue,
  typeNameOf,
  type Value,
  ValueMap,
} from './values.ts';

/** What a function or an operator gives for inputs that are no errors. */
export type Implementation = (first: Value, second: Value, cost?: Cost) => Value;

function compared(holds: (order: number) => boolean): Implementation {
  return strictAddress((left, right) => {
    const order = compareValues(left, right);
    return typeof order === 'number' ? holds(order) : order;
  });
}

/** cel-go's evaluation as a whole fails where one of these is given an address. */
function strictAddress(implementation: Implementation): Implementation {
  return (first, second, cost) => {
    if (first instanceof IpAddress) throw new EvaluationStopped('an address is given to an operator that takes none');
    return implementation(first, second, cost);
  };
}

function addWithinCost(first: Value, second: Value, cost?: Cost): Value {
  cost?.make(first, second);
  return add(first, second);
}

function onTexts(implementation: (text: string, other: string) => Value): Implementation {
  return (text, other) =>
    typeof text === 'string' && typeof other === 'string' ? implementation(text, other) : noOverload;
}

function contains(item: Value, all: Value): Value {
  if (isList(all)) return isAmong(item, all);
  return all instanceof ValueMap ? all.find(item) !== undefined : noOverload;
}

/** One that is equal decides, whatever the others are. As in cel-go, an address alone is only not among what is none. */
function isAmong(item: Value, all: readonly Value[]): Value {
  const seen = new ValueCount();
  let isKnown = true;
  for (const other of all) {
    const equal = equalValues(item, other, seen);
    if (equal === true) return true;
    isKnown &&= equal !== undefined || item instanceof IpAddress;
  }
  return isKnown ? false : addressBesideOther;
}

function size(value: Value): Value {
  if (typeof value === 'string') return BigInt(lengthOf(value));
  if (isList(value) || value instanceof Uint8Array) return BigInt(value.length);
  return value instanceof ValueMap ? BigInt(value.size) : noOverload;
}

function inCidr(address: Value, range: Value): Value {
  if (!(address instanceof IpAddress) || typeof range !== 'string') return noOverload;
  return isInCidr(address, range) ?? new ExpressionError('a text is no IP range');
}

function toAddress(text: Value): Value {
  if (typeof text !== 'string') return noOverload;
  return parseIpAddress(text) ?? new ExpressionError('a text is no IP address');
}

/** A part of the calendar, in UTC or in the zone that is named. */
function calendarField(read: (local: Date) => number): Implementation {
  return (instant, zone) => {
    if (!(instant instanceof Timestamp)) return noOverload;
    if (zone !== undefined && typeof zone !== 'string') return noOverload;
    const local = localDate(instant, zone ?? 'UTC');
    return local instanceof ExpressionError ? local : BigInt(read(local));
  };
}

/** A part of the time of the day, or the whole of a duration in that unit. */
function clockField(read: (local: Date) => number, whole: (nanos: bigint) => bigint): Implementation {
  const ofInstant = calendarField(read);
  return (value, zone) =>
    value instanceof Duration && zone === undefined ? whole(value.nanos) : ofInstant(value, zone);
}

/** Go adds the units and the rest of one as doubles: hundreds of years less a nanosecond are hundreds of years. */
function wholeUnits(nanosPerUnit: bigint): (nanos: bigint) => bigint {
  return (nanos) => {
    const rest = Number(nanos % nanosPerUnit) / Number(nanosPerUnit);
    return BigInt(Math.trunc(Number(nanos / nanosPerUnit) + rest));
  };
}

function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - new Date(local).setUTCMonth(0, 1)) / 86_400_000);
}

/** By the names that the parser gives operators. `&&`, `||`, `?:`, `[]` and equality are the evaluator's own. */
export const functions: ReadonlyMap<string, Implementation> = new Map<string, Implementation>([
  ['!_', (value) => (typeof value === 'boolean' ? !value : noOverload)],
  ['-_', strictAddress(negate)],
  ['_+_', strictAddress(addWithinCost)],
  ['_-_', strictAddress(subtract)],
  ['_*_', strictAddress(multiply)],
  ['_/_', strictAddress(divide)],
  ['_%_', strictAddress(remainder)],
  ['_<_', compared((order) => order < 0)],
  ['_<=_', compared((order) => order <= 0)],
  ['_>_', compared((order) => order > 0)],
  ['_>=_', compared((order) => order >= 0)],
  ['@in', contains],
  ['size', strictAddress(size)],
  ['type', (value) => new TypeValue(typeNameOf(value))],
  ['dyn', (value) => value],
  ['bool', toBool],
  ['bytes', toBytes],
  ['double', toDouble],
  ['duration', toDuration],
  ['int', toInt],
  ['string', toText],
  ['timestamp', toTimestamp],
  ['uint', toUint],
  ['contains', onTexts((text, part) => text.includes(part))],
  ['endsWith', onTexts((text, part) => text.endsWith(part))],
  ['startsWith', onTexts((text, part) => text.startsWith(part))],
  ['matches', strictAddress(onTexts(matchesPattern))],
  ['getFullYear', calendarField((local) => local.getUTCFullYear())],
  ['getMonth', calendarField((local) => local.getUTCMonth())],
  ['getDayOfYear', calendarField(dayOfYear)],
  ['getDayOfMonth', calendarField((local) => local.getUTCDate() - 1)],
  ['getDate', calendarField((local) => local.getUTCDate())],
  ['getDayOfWeek', calendarField((local) => local.getUTCDay())],
  ['getHours', clockField((local) => local.getUTCHours(), wholeUnits(3_600_000_000_000n))],
  ['getMinutes', clockField((local) => local.getUTCMinutes(), wholeUnits(60_000_000_000n))],
  ['getSeconds', clockField((local) => local.getUTCSeconds(), wholeUnits(1_000_000_000n))],
  [
    'getMilliseconds',
    clockField(
      (local) => local.getUTCMilliseconds(),
      (nanos) => nanos / 1_000_000n,
    ),
  ],
  ['ipaddress', toAddress],
  ['in_cidr', inCidr],
]);

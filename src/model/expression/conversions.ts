import { parseDurationText } from '../duration-text.ts';
import { noOverload } from './compare-values.ts';
import { formatDouble, formatPlain, parseDouble } from './double-text.ts';
import { formatTimestamp, parseTimestampText } from './timestamp-text.ts';
import { Duration, ExpressionError, isInt, isUint, maxInt, Timestamp, Uint, type Value } from './values.ts';

export function toInt(value: Value): Value {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return intOf(value.value);
  // As in cel-go, the least int is not reached from a double.
  if (typeof value === 'number') return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : tooLarge;
  if (value instanceof Duration) return value.nanos;
  if (value instanceof Timestamp) return value.seconds;
  if (typeof value !== 'string') return noOverload;
  return /^[+-]?\d+$/.test(value) ? intOf(digitsOf(value)) : notA(value, 'int');
}

export function toUint(value: Value): Value {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return uintOf(value);
  if (typeof value === 'number') return value >= 0 && value < 2 ** 64 ? uintOf(BigInt(Math.trunc(value))) : tooLarge;
  if (typeof value !== 'string') return noOverload;
  return /^\d+$/.test(value) ? uintOf(digitsOf(value)) : notA(value, 'uint');
}

export function toDouble(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  return typeof value === 'string' ? (parseDouble(value) ?? notA(value, 'double')) : noOverload;
}

export function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return noOverload;
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value) ? false : notA(value, 'bool');
}

export function toBytes(value: Value): Value {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? Buffer.from(value) : noOverload;
}

export function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Uint) return String(value.value);
  if (typeof value === 'number') return formatDouble(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  return value instanceof Uint8Array ? decode(value) : noOverload;
}

export function toDuration(value: Value): Value {
  if (value instanceof Duration) return value;
  if (typeof value !== 'string') return noOverload;
  const nanos = parseDurationText(value);
  return nanos === undefined ? notA(value, 'duration') : new Duration(nanos);
}

export function toTimestamp(value: Value): Value {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'bigint') return isInCalendar(value) ? new Timestamp(value, 0) : outOfCalendar;
  if (typeof value !== 'string') return noOverload;
  const instant = parseTimestampText(value);
  if (instant === undefined) return notA(value, 'timestamp');
  return isInCalendar(instant.seconds) ? instant : outOfCalendar;
}

/** Between the beginning of the year 1 and the end of the year 9999. */
export function isInCalendar(seconds: bigint): boolean {
  return seconds >= -62_135_596_800n && seconds <= 253_402_300_799n;
}

export const outOfCalendar = new ExpressionError('a timestamp is before the year 1 or after the year 9999');
export const tooLarge = new ExpressionError('a number is out of range');

/** Whole numbers of more digits are out of range; they are not computed, because they come from contexts. */
function digitsOf(text: string): bigint {
  const digits = text.replace(/^[+-]?0*/, '');
  if (digits.length > 20) return maxInt * 4n;
  return text.startsWith('-') ? -BigInt(`0${digits}`) : BigInt(`0${digits}`);
}

function intOf(value: bigint): Value {
  return isInt(value) ? value : tooLarge;
}

function uintOf(value: bigint): Value {
  return isUint(value) ? new Uint(value) : tooLarge;
}

/** The text itself is not shown: it can come from a context. */
function notA(_text: string, type: string): ExpressionError {
  return new ExpressionError(`a text is no ${type}`);
}

function formatDuration({ nanos }: Duration): string {
  const seconds = Number(nanos / 1_000_000_000n) + Number(nanos % 1_000_000_000n) / 1e9;
  return `${formatPlain(seconds)}s`;
}

function decode(bytes: Uint8Array): Value {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new ExpressionError('bytes are not UTF-8');
  }
}

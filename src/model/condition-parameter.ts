import { assertNever } from '../base/assert-never.ts';
import { isRecord } from '../base/canonical-json.ts';
import { WrittenNumber } from '../base/exact-number.ts';
import { parseDurationText } from './duration-text.ts';
import * as types from './expression/static-type.ts';
import { parseTimestampText } from './expression/timestamp-text.ts';
import { Duration, maxInt, maxUint, minInt, Uint, type Value, ValueMap } from './expression/values.ts';
import { parseIpAddress } from './ip-address.ts';
import { parseExactDouble, parseWholeText } from './number-text.ts';

/** The types that a condition's parameter can have (OpenFGA, "Conditions"). */
export type ParameterType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'list'; readonly element: ParameterType }
  | { readonly kind: 'map'; readonly value: ParameterType };

export type ScalarKind = 'any' | 'bool' | 'string' | 'int' | 'uint' | 'double' | 'duration' | 'timestamp' | 'ipaddress';

/** The type as the model language spells it: `list<string>`. */
export function formatParameterType(type: ParameterType): string {
  if (type.kind === 'list') return `list<${formatParameterType(type.element)}>`;
  if (type.kind === 'map') return `map<${formatParameterType(type.value)}>`;
  return type.kind;
}

/** The type that an expression sees. */
export function staticTypeOf(type: ParameterType): types.StaticType {
  switch (type.kind) {
    case 'ipaddress':
      return types.address;
    case 'list':
      return types.listOf(staticTypeOf(type.element));
    case 'map':
      return types.mapOf(types.string, staticTypeOf(type.value));
    default:
      return { kind: type.kind };
  }
}

/**
 * A JSON value as an expression takes it, or undefined when it is not of the type.
 *
 * As in OpenFGA, numbers may arrive as strings, whole numbers must be whole and in range, durations are in
 * Go's syntax and timestamps in RFC 3339. No number is rounded: what a type cannot hold is none of it.
 */
export function convertParameter(type: ParameterType, value: unknown): Value | undefined {
  switch (type.kind) {
    case 'any':
      return convertAny(value);
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'int':
      return integerBetween(value, minInt, maxInt);
    case 'uint': {
      const whole = integerBetween(value, 0n, maxUint);
      return whole === undefined ? undefined : new Uint(whole);
    }
    case 'double':
      return convertDouble(value);
    case 'duration':
      return convertDuration(value);
    case 'timestamp':
      return typeof value === 'string' ? parseTimestampText(value) : undefined;
    case 'ipaddress':
      return typeof value === 'string' ? parseIpAddress(value) : undefined;
    case 'list':
      return convertList(type.element, value);
    case 'map':
      return convertMap(type.value, value);
    default:
      return assertNever(type);
  }
}

function convertAny(value: unknown): Value | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return convertDouble(value);
  if (Array.isArray(value)) return convertList({ kind: 'any' }, value);
  return convertMap({ kind: 'any' }, value);
}

function convertList(element: ParameterType, value: unknown): Value | undefined {
  if (!Array.isArray(value)) return undefined;
  const converted: Value[] = [];
  for (const item of value) {
    const input = convertParameter(element, item);
    if (input === undefined) return undefined;
    converted.push(input);
  }
  return converted;
}

function convertMap(valueType: ParameterType, value: unknown): Value | undefined {
  if (!isRecord(value) || value instanceof WrittenNumber) return undefined;
  const converted = new Map<string, Value>();
  for (const [key, item] of Object.entries(value)) {
    const input = convertParameter(valueType, item);
    if (input === undefined) return undefined;
    converted.set(key, input);
  }
  return new ValueMap(converted);
}

function convertDouble(value: unknown): number | undefined {
  if (typeof value === 'string') return parseExactDouble(value);
  if (value instanceof WrittenNumber) return parseExactDouble(value.text);
  // JSON has one zero, and contexts are told apart as JSON: minus zero is zero.
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined;
}

function integerBetween(value: unknown, least: bigint, most: bigint): bigint | undefined {
  const whole = wholeNumber(value);
  return whole !== undefined && whole >= least && whole <= most ? whole : undefined;
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (value instanceof WrittenNumber) return parseWholeText(value.text);
  return typeof value === 'string' ? parseWholeText(value) : undefined;
}

function convertDuration(value: unknown): Duration | undefined {
  const nanos = typeof value === 'string' ? parseDurationText(value) : undefined;
  return nanos === undefined ? undefined : new Duration(nanos);
}

import { type CelInput, CelScalar, type CelType, celUint, listType, mapType, objectType } from '@bufbuild/cel';
import { create } from '@bufbuild/protobuf';
import { DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt';

import { assertNever } from '../base/assert-never.ts';
import { isRecord } from '../base/canonical-json.ts';
import { parseDurationText } from './duration-text.ts';
import { canonicalIpAddress } from './ip-address.ts';

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

/** The CEL type of a parameter. Addresses are strings in canonical spelling, so that `==` compares addresses. */
export function celTypeOf(type: ParameterType): CelType {
  switch (type.kind) {
    case 'any':
      return CelScalar.DYN;
    case 'bool':
      return CelScalar.BOOL;
    case 'string':
    case 'ipaddress':
      return CelScalar.STRING;
    case 'int':
      return CelScalar.INT;
    case 'uint':
      return CelScalar.UINT;
    case 'double':
      return CelScalar.DOUBLE;
    case 'duration':
      return objectType(DurationSchema);
    case 'timestamp':
      return objectType(TimestampSchema);
    case 'list':
      return listType(celTypeOf(type.element));
    case 'map':
      return mapType(CelScalar.STRING, celTypeOf(type.value));
    default:
      return assertNever(type);
  }
}

/**
 * A JSON value as CEL takes it, or undefined when it is not of the type.
 *
 * As in OpenFGA, numbers may arrive as strings, whole numbers must be whole and in range, durations are in
 * Go's syntax and timestamps in RFC 3339.
 */
export function convertParameter(type: ParameterType, value: unknown): CelInput | undefined {
  switch (type.kind) {
    case 'any':
      return convertAny(value);
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'int':
      return integerBetween(value, -(2n ** 63n), 2n ** 63n - 1n);
    case 'uint': {
      const whole = integerBetween(value, 0n, 2n ** 64n - 1n);
      return whole === undefined ? undefined : celUint(whole);
    }
    case 'double':
      return convertDouble(value);
    case 'duration':
      return convertDuration(value);
    case 'timestamp':
      return convertTimestamp(value);
    case 'ipaddress':
      return typeof value === 'string' ? canonicalIpAddress(value) : undefined;
    case 'list':
      return convertList(type.element, value);
    case 'map':
      return convertMap(type.value, value);
    default:
      return assertNever(type);
  }
}

/** Some value of the type, to try an expression with; undefined where any value would be as good as another. */
export function sampleOf(type: ParameterType): unknown {
  switch (type.kind) {
    case 'any':
      return undefined;
    case 'bool':
      return true;
    case 'string':
      return 'a';
    case 'int':
    case 'uint':
    case 'double':
      return 1;
    case 'duration':
      return '1s';
    case 'timestamp':
      return '2020-01-01T00:00:00Z';
    case 'ipaddress':
      return '127.0.0.1';
    case 'list':
      return [sampleOf(type.element)];
    case 'map':
      return { a: sampleOf(type.value) };
    default:
      return assertNever(type);
  }
}

function convertAny(value: unknown): CelInput | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return finite(value);
  if (Array.isArray(value)) return convertList({ kind: 'any' }, value);
  return convertMap({ kind: 'any' }, value);
}

function convertList(element: ParameterType, value: unknown): CelInput | undefined {
  if (!Array.isArray(value)) return undefined;
  const converted: CelInput[] = [];
  for (const item of value) {
    const input = convertParameter(element, item);
    if (input === undefined) return undefined;
    converted.push(input);
  }
  return converted;
}

function convertMap(valueType: ParameterType, value: unknown): CelInput | undefined {
  if (!isRecord(value)) return undefined;
  const converted = new Map<string, CelInput>();
  for (const [key, item] of Object.entries(value)) {
    const input = convertParameter(valueType, item);
    if (input === undefined) return undefined;
    converted.set(key, input);
  }
  return converted;
}

function convertDouble(value: unknown): number | undefined {
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
  return typeof number === 'number' ? finite(number) : undefined;
}

/** JSON has one zero, and contexts are told apart as JSON: minus zero is zero. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value + 0 : undefined;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function integerBetween(value: unknown, least: bigint, most: bigint): bigint | undefined {
  const whole = wholeNumber(value);
  return whole !== undefined && whole >= least && whole <= most ? whole : undefined;
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string' || value.length > 40) return undefined;
  if (/^[+-]?\d+$/.test(value)) return BigInt(value.replace('+', ''));
  const number = decimal.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? BigInt(number) : undefined;
}

const nanosPerSecond = 1_000_000_000n;

function convertDuration(value: unknown): CelInput | undefined {
  const nanos = typeof value === 'string' ? parseDurationText(value) : undefined;
  if (nanos === undefined || nanos > 2n ** 63n - 1n || nanos < -(2n ** 63n)) return undefined;
  return create(DurationSchema, { seconds: nanos / nanosPerSecond, nanos: Number(nanos % nanosPerSecond) });
}

const rfc3339 = /^(\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;

function convertTimestamp(value: unknown): CelInput | undefined {
  const match = typeof value === 'string' ? rfc3339.exec(value) : null;
  if (match === null) return undefined;
  const [, dateTime = '', fraction = '', zone = ''] = match;
  const milliseconds = Date.parse(`${dateTime}${zone}`.toUpperCase());
  // Date.parse rolls "2026-02-30" over into March; a date that does not exist is not a date.
  if (Number.isNaN(milliseconds) || !isCalendarDate(dateTime.slice(0, 10))) return undefined;
  return create(TimestampSchema, {
    seconds: BigInt(milliseconds) / 1000n,
    nanos: Number(fraction.padEnd(9, '0')),
  });
}

function isCalendarDate(text: string): boolean {
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

/**
 * What an expression computes with. Whole numbers are `bigint`s (`int`) or `Uint`s, doubles are numbers; a list is an
 * array. An error is a value, too: `&&` and `||` take it for an operand that has no answer.
 */
export type Value =
  | boolean
  | bigint
  | number
  | string
  | null
  | Uint8Array
  | readonly Value[]
  | Uint
  | ValueMap
  | Duration
  | Timestamp
  | IpAddress
  | TypeValue
  | ExpressionError;

/** A whole number without a sign. */
export class Uint {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class Duration {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** An instant; the offset says only how it is written. */
export class Timestamp {
  /** Since 1970. */
  readonly seconds: bigint;
  readonly nanos: number;
  readonly offsetSeconds: number;
  constructor(seconds: bigint, nanos: number, offsetSeconds = 0) {
    this.seconds = seconds;
    this.nanos = nanos;
    this.offsetSeconds = offsetSeconds;
  }
}

export class IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
  readonly zone: string;
  constructor(family: 4 | 6, bits: bigint, zone = '') {
    this.family = family;
    this.bits = bits;
    this.zone = zone;
  }
}

/** A type as a value: `type(1) == int`. */
export class TypeValue {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Why a part of an expression has no value, as the end of a sentence. */
export class ExpressionError {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Ends an evaluation that must not go on, whatever the other parts of the expression would say. */
export class EvaluationStopped extends Error {}

/** A map; the keys of a context are texts, those of a literal may be anything that can be compared. */
export class ValueMap {
  readonly texts: ReadonlyMap<string, Value>;
  readonly others: readonly (readonly [key: Value, value: Value])[];
  readonly #isLiteral: boolean;
  constructor(texts: ReadonlyMap<string, Value>, others?: readonly (readonly [Value, Value])[]) {
    this.texts = texts;
    this.others = others ?? [];
    this.#isLiteral = others !== undefined;
  }

  get size(): number {
    return this.texts.size + this.others.length;
  }

  *keys(): Iterable<Value> {
    yield* this.texts.keys();
    for (const [key] of this.others) yield key;
  }

  /** Whole numbers find each other whatever their type; a double finds the whole number that it is. */
  find(key: Value): Value | undefined {
    if (typeof key === 'string') return this.texts.get(key);
    if (key instanceof Uint8Array && this.#isLiteral && this.size > 0) throw new EvaluationStopped('bytes are no key');
    for (const alike of keysLike(key)) {
      const entry = this.others.find(([known]) => isSameKey(known, alike));
      if (entry !== undefined) return entry[1];
    }
    return undefined;
  }
}

/** Keys of a literal in the order in which they are looked for. */
function keysLike(key: Value): readonly Value[] {
  if (typeof key === 'number' && Number.isInteger(key)) {
    const whole = BigInt(key);
    return [key, ...(isInt(whole) && whole !== minInt ? [whole] : []), ...(isUint(whole) ? [new Uint(whole)] : [])];
  }
  if (typeof key === 'bigint') return isUint(key) ? [key, new Uint(key)] : [key];
  if (key instanceof Uint) return isInt(key.value) ? [key, key.value] : [key];
  return [key];
}

/** Whether two keys are one: of the same type, and equal. */
export function isSameKey(left: Value, right: Value): boolean {
  if (left instanceof Uint) return right instanceof Uint && left.value === right.value;
  if (left instanceof Duration) return right instanceof Duration && left.nanos === right.nanos;
  if (left instanceof TypeValue) return right instanceof TypeValue && left.name === right.name;
  if (left instanceof IpAddress) return right instanceof IpAddress && isSameAddress(left, right);
  if (left instanceof Timestamp) return right instanceof Timestamp && isSameInstant(left, right);
  // As in cel-go, a list or a map as a key is found by nothing.
  return left === right && (typeof left !== 'object' || left === null);
}

export function isSameAddress(left: IpAddress, right: IpAddress): boolean {
  return left.family === right.family && left.bits === right.bits && left.zone === right.zone;
}

export function isSameInstant(left: Timestamp, right: Timestamp): boolean {
  return left.seconds === right.seconds && left.nanos === right.nanos;
}

export const minInt: bigint = -(2n ** 63n);
export const maxInt: bigint = 2n ** 63n - 1n;
export const maxUint: bigint = 2n ** 64n - 1n;

export function isInt(value: bigint): boolean {
  return value >= minInt && value <= maxInt;
}

export function isUint(value: bigint): boolean {
  return value >= 0n && value <= maxUint;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The name of a value's type, as `type(value)` gives it. */
export function typeNameOf(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    default:
      return objectTypeName(value);
  }
}

function objectTypeName(value: Exclude<Value, boolean | bigint | number | string>): string {
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (value instanceof ValueMap) return 'map';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof IpAddress) return 'IPAddress';
  return value instanceof TypeValue ? 'type' : 'error';
}

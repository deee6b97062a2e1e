import { isInCalendar, outOfCalendar } from './conversions.ts';
import { bool, bytes, double, duration, int, type StaticType, string, timestamp, uint } from './static-type.ts';
import { Duration, ExpressionError, isInt, Timestamp, typeNameOf, Uint, type Value } from './values.ts';

/** A message that can be written as `name{field: value}`. */
export interface MessageType {
  readonly type: StaticType;
  readonly fields: ReadonlyMap<string, StaticType>;
  readonly make: (fields: ReadonlyMap<string, Value>) => Value;
}

const int32 = { least: -(2n ** 31n), most: 2n ** 31n - 1n };

function wrapper(of: StaticType, empty: Value, convert: (value: Value) => Value = (value) => value): MessageType {
  const make = (fields: ReadonlyMap<string, Value>) => {
    const value = fields.get('value');
    if (value === undefined) return empty;
    return typeNameOf(value) === of.kind ? convert(value) : wrongField;
  };
  return { type: { kind: 'wrapper', of }, fields: new Map([['value', of]]), make };
}

function narrowInt(value: Value): Value {
  return typeof value === 'bigint' && value >= int32.least && value <= int32.most ? value : tooLarge;
}

function narrowUint(value: Value): Value {
  return value instanceof Uint && value.value < 2n ** 32n ? value : tooLarge;
}

function narrowDouble(value: Value): Value {
  return typeof value === 'number' ? Math.fround(value) : wrongField;
}

const tooLarge = new ExpressionError('a number is too large for its field');
const wrongField = new ExpressionError('a field has a value of another type');

const spanFields = new Map([
  ['seconds', int],
  ['nanos', int],
]);

/** `seconds` and `nanos` of a message, added up. */
function nanosOf(fields: ReadonlyMap<string, Value>): bigint | ExpressionError {
  const seconds = fields.get('seconds') ?? 0n;
  const nanos = narrowInt(fields.get('nanos') ?? 0n);
  if (typeof seconds !== 'bigint') return wrongField;
  return typeof nanos === 'bigint' ? seconds * nanosPerSecond + nanos : tooLarge;
}

const nanosPerSecond = 1_000_000_000n;

function makeTimestamp(fields: ReadonlyMap<string, Value>): Value {
  const total = nanosOf(fields);
  if (typeof total !== 'bigint') return total;
  const nanos = ((total % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  const seconds = (total - nanos) / nanosPerSecond;
  return isInCalendar(seconds) ? new Timestamp(seconds, Number(nanos)) : outOfCalendar;
}

function makeDuration(fields: ReadonlyMap<string, Value>): Value {
  const total = nanosOf(fields);
  if (typeof total !== 'bigint') return total;
  return isInt(total) ? new Duration(total) : tooLarge;
}

/** The messages that an expression can write: those that stand for values of the language. */
export const messageTypes: ReadonlyMap<string, MessageType> = new Map([
  ['google.protobuf.Timestamp', { type: timestamp, fields: spanFields, make: makeTimestamp }],
  ['google.protobuf.Duration', { type: duration, fields: spanFields, make: makeDuration }],
  ['google.protobuf.BoolValue', wrapper(bool, false)],
  ['google.protobuf.BytesValue', wrapper(bytes, Buffer.alloc(0))],
  ['google.protobuf.DoubleValue', wrapper(double, 0)],
  ['google.protobuf.FloatValue', wrapper(double, 0, narrowDouble)],
  ['google.protobuf.Int32Value', wrapper(int, 0n, narrowInt)],
  ['google.protobuf.Int64Value', wrapper(int, 0n)],
  ['google.protobuf.StringValue', wrapper(string, '')],
  ['google.protobuf.UInt32Value', wrapper(uint, new Uint(0n), narrowUint)],
  ['google.protobuf.UInt64Value', wrapper(uint, new Uint(0n))],
]);

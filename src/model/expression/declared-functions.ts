import {
  address,
  bool,
  bytes,
  double,
  duration,
  dyn,
  int,
  listOf,
  mapOf,
  type StaticType,
  string,
  timestamp,
  typeOf,
  uint,
  variable,
} from './static-type.ts';

/** How the cost of a call grows with its inputs; without one, a call costs one step. */
export type CostRule = 'first' | 'second' | 'elements' | 'smaller' | 'both' | 'pattern' | 'contained';

/** One way to call a function or an operator. */
export interface Overload {
  readonly inputs: readonly StaticType[];
  readonly output: StaticType;
  /** Called on its first input: `text.size()`. */
  readonly isMethod: boolean;
  /** Compares numbers of two types, which is only allowed in places where cel-go forgets to forbid it; see `checkFold`. */
  readonly mixesNumbers: boolean;
  readonly cost: CostRule | undefined;
  /**
   * Takes values of its own type only, where it was the one overload that fit. `dyn(x)["k"]` can have any type until it is
   * an input; then it has the first that fits, and `string` of it takes a text and nothing else.
   */
  readonly checksInputs: boolean;
}

interface Extras {
  readonly checksInputs?: boolean;
  readonly isMethod?: boolean;
  readonly mixesNumbers?: boolean;
  readonly cost?: CostRule;
}

function overload(inputs: readonly StaticType[], output: StaticType, extras: Extras = {}): Overload {
  return { inputs, output, isMethod: false, mixesNumbers: false, cost: undefined, checksInputs: false, ...extras };
}

function method(inputs: readonly StaticType[], output: StaticType, extras: Extras = {}): Overload {
  return overload(inputs, output, { ...extras, isMethod: true });
}

const a = variable('A');
const b = variable('B');
const listOfA = listOf(a);
const mapOfAToB = mapOf(a, b);

const checking = { checksInputs: true };
const orderedTypes = [bool, int, uint, double, string, bytes, timestamp, duration];
const numbers = [int, uint, double];

const comparison: readonly Overload[] = [
  ...orderedTypes.map((type) =>
    overload([type, type], bool, type === string || type === bytes ? { cost: 'smaller' } : {}),
  ),
  ...numbers.flatMap((left) =>
    numbers.filter((right) => right !== left).map((right) => overload([left, right], bool, { mixesNumbers: true })),
  ),
];

const equality = [overload([a, a], bool, { cost: 'smaller' })];

function ofSame(...types: readonly StaticType[]): readonly Overload[] {
  return types.map((type) => overload([type, type], type));
}

function conversion(output: StaticType, ...inputs: readonly StaticType[]): readonly Overload[] {
  return inputs.map((input) => overload([input], output, checking));
}

function calendarField(): readonly Overload[] {
  return [method([timestamp], int, checking), method([timestamp, string], int, checking)];
}

const clockField = [...calendarField(), method([duration], int, checking)];

/** The operators and functions of cel-go's standard library, and those that OpenFGA adds for addresses. */
export const declaredFunctions: ReadonlyMap<string, readonly Overload[]> = new Map<string, readonly Overload[]>([
  ['_?_:_', [overload([bool, a, a], a)]],
  ['_&&_', [overload([bool, bool], bool)]],
  ['_||_', [overload([bool, bool], bool)]],
  ['!_', [overload([bool], bool)]],
  ['@not_strictly_false', [overload([bool], bool)]],
  ['_==_', equality],
  ['_!=_', equality],
  ['_<_', comparison],
  ['_<=_', comparison],
  ['_>_', comparison],
  ['_>=_', comparison],
  [
    '_+_',
    [
      overload([bytes, bytes], bytes, { cost: 'both' }),
      ...ofSame(double, duration),
      overload([duration, timestamp], timestamp),
      overload([timestamp, duration], timestamp),
      ...ofSame(int),
      overload([listOfA, listOfA], listOfA),
      overload([string, string], string, { cost: 'both' }),
      ...ofSame(uint),
    ],
  ],
  [
    '_-_',
    [
      ...ofSame(double, duration, int),
      overload([timestamp, duration], timestamp),
      overload([timestamp, timestamp], duration),
      ...ofSame(uint),
    ],
  ],
  ['_*_', ofSame(double, int, uint)],
  ['_/_', ofSame(double, int, uint)],
  ['_%_', ofSame(int, uint)],
  ['-_', [overload([double], double), overload([int], int)]],
  ['_[_]', [overload([listOfA, int], a), overload([mapOfAToB, a], b)]],
  ['@in', [overload([a, listOfA], bool, { cost: 'elements' }), overload([a, mapOfAToB], bool)]],
  ['size', [bytes, listOfA, mapOfAToB, string].flatMap((type) => [overload([type], int), method([type], int)])],
  ['type', [overload([a], typeOf(a))]],
  ['dyn', [overload([a], dyn)]],
  ['bool', conversion(bool, bool, string)],
  ['bytes', [...conversion(bytes, bytes), overload([string], bytes, { ...checking, cost: 'first' })]],
  ['double', conversion(double, double, int, string, uint)],
  ['duration', conversion(duration, duration, string)],
  ['int', conversion(int, int, double, duration, string, timestamp, uint)],
  [
    'string',
    [
      ...conversion(string, string, bool, double, duration, int, timestamp, uint),
      overload([bytes], string, { ...checking, cost: 'first' }),
    ],
  ],
  ['timestamp', conversion(timestamp, timestamp, int, string)],
  ['uint', conversion(uint, uint, double, int, string)],
  ['contains', [method([string, string], bool, { cost: 'contained' })]],
  ['endsWith', [method([string, string], bool, { cost: 'second' })]],
  ['startsWith', [method([string, string], bool, { cost: 'second' })]],
  ['matches', [overload, method].map((make) => make([string, string], bool, { cost: 'pattern' }))],
  ['getFullYear', calendarField()],
  ['getMonth', calendarField()],
  ['getDayOfYear', calendarField()],
  ['getDayOfMonth', calendarField()],
  ['getDate', calendarField()],
  ['getDayOfWeek', calendarField()],
  ['getHours', clockField],
  ['getMinutes', clockField],
  ['getSeconds', clockField],
  ['getMilliseconds', clockField],
  ['ipaddress', [overload([string], address)]],
  ['in_cidr', [method([address, string], bool)]],
]);

/** Names that stand for types where a value is expected: `type(x) == int`. */
export const declaredTypes: ReadonlyMap<string, StaticType> = new Map<string, StaticType>([
  ['bool', bool],
  ['bytes', bytes],
  ['double', double],
  ['google.protobuf.Duration', duration],
  ['int', int],
  ['list', listOfA],
  ['map', mapOfAToB],
  ['null_type', { kind: 'null' }],
  ['string', string],
  ['google.protobuf.Timestamp', timestamp],
  ['type', typeOf(undefined)],
  ['uint', uint],
]);

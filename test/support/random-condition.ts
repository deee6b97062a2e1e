/** A condition, and values for its parameters: a line of the conformance table without its answer. */
export interface RandomCondition {
  readonly params: Readonly<Record<string, string>>;
  readonly expression: string;
  /** JSON, as text. */
  readonly context: string;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What stands for a value of a type in an expression; `$name` is replaced by an expression of that type. */
interface TypeWords {
  readonly parameters: readonly string[];
  readonly literals: readonly string[];
  readonly made: readonly string[];
  /** JSON of good values, and of some that are not. */
  readonly values: readonly string[];
}

const texts = ['""', '"a"', '"abc"', '"ABC"', '"10"', '"-7"', '"1.5"', '"1e3"', '"0x10"', '"true"', '"T"', '"Straße"'];
const oddTexts = [
  '"😀x"',
  '"\\uffee"',
  '"é"',
  '" 12"',
  '"a.b"',
  '"1h"',
  '"-1h30m"',
  '".5s"',
  '"1.s"',
  '"+1us"',
  '"1_000"',
];
const instants = [
  ...['"2024-02-29T12:00:00Z"', '"2024-02-29T12:00:00.5+01:00"', '"1970-01-01T00:00:00Z"', '"1969-12-31T23:59:59.9Z"'],
  ...['"2023-02-29T00:00:00Z"', '"2024-01-01T1:02:03Z"', '"2024-01-01T00:00:00,25Z"', '"2024-12-31T23:59:59-11:00"'],
  ...[
    '"0001-01-01T00:00:00Z"',
    '"9999-12-31T23:59:59Z"',
    '"2024-07-01T05:00:00.123456789123Z"',
    '"2024-01-01t00:00:00z"',
  ],
];
const zones = ['"UTC"', '"America/New_York"', '"Europe/Berlin"', '"Asia/Kathmandu"', '"+02:30"', '"-11:00"', '"02:00"'];
const oddZones = ['"Nowhere/City"', '"america/new_york"', '"-0:30"', '"1:x"', '""', '"+25:99"', '"Local/"'];
const addresses = [
  '"10.0.0.5"',
  '"10.0.0.10"',
  '"::ffff:10.0.0.5"',
  '"2001:db8::1"',
  '"2001:DB8:0::1"',
  '"fe80::1%eth0"',
];
const oddAddresses = ['"10.0.0"', '"10.0.0.05"', '"::1%"', '"1::2::3"', '"::ffff:10.0.0.5%x"', '"::10.0.0.5"'];
const ranges = ['"10.0.0.0/8"', '"0.0.0.0/0"', '"::/0"', '"2001:db8::/32"', '"::ffff:10.0.0.0/104"', '"10.0.0.5/32"'];
const oddRanges = ['"10.0.0.0/33"', '"10.0.0.0"', '"10.0.0.0/08"', '"fe80::1%x/64"', '"2001:db8::/129"'];
const patterns = ['"a"', '"^a.*c$"', '"(?i)abc"', '"[0-9]+"', '"a|b"', '"^$"', '"\\\\d{2}"', '"(?P<n>b)"', '"\\\\pL"'];
const oddPatterns = [
  '"(a)\\\\1"',
  '"a(?=b)"',
  '"("',
  '"a**"',
  '"[[:alpha:]]"',
  '"x{1001}"',
  '"(?<n>b)"',
  '"\\\\z"',
  '"\\\\Qa.b\\\\E"',
];

const compared = ['==', '!=', '<', '<=', '>', '>='];
const calendar = [
  'FullYear',
  'Month',
  'DayOfYear',
  'DayOfMonth',
  'Date',
  'DayOfWeek',
  'Hours',
  'Minutes',
  'Seconds',
  'Milliseconds',
];

const anyType = ['bool', 'string', 'int', 'uint', 'double', 'duration', 'timestamp', 'ipaddress', 'any', 'bytes'];
const lists = [
  'list<string>',
  'list<int>',
  'list<double>',
  'list<any>',
  'list<list<int>>',
  'list<timestamp>',
  'list<ipaddress>',
];
const maps = ['map<string>', 'map<int>', 'map<any>', 'map<list<string>>'];
const every = [...anyType, ...lists, ...maps];

const words: ReadonlyMap<string, TypeWords> = new Map([
  [
    'bool',
    {
      parameters: ['b', 'c'],
      literals: ['true', 'false'],
      made: [
        '$bool && $bool',
        '$bool || $bool',
        '!$bool',
        '($bool) ? $bool : $bool',
        '!($bool)',
        '($bool) == ($bool)',
        ...anyType.flatMap((type) => compared.map((sign) => `$${type} ${sign} $${type}`)),
        ...every.map((type) => `$${type} == $${type}`),
        '$any == $int',
        '$any < $double',
        '$int < $any',
        '$any == $string',
        '$any in $list<any>',
        '$any && $bool',
        '$bool || $any',
        '$string in $list<string>',
        '$int in $list<int>',
        '$double in $list<double>',
        '$string in $map<string>',
        '$any in $map<any>',
        '$string.contains($string)',
        '$string.startsWith($string)',
        '$string.endsWith($string)',
        '$string.matches($pattern)',
        'matches($string, $pattern)',
        '$ipaddress.in_cidr($range)',
        '$ipaddress == $ipaddress',
        'has($map<string>.k)',
        'has($map<any>.k)',
        'has($any.k)',
        'has($any.k.m)',
        'bool($string)',
        'bool($bool)',
        'type($any) == $type',
        ...lists.flatMap((type) =>
          ['all', 'exists', 'exists_one', 'existsOne'].map((macro) => `$${type}.${macro}(y, $of:${type})`),
        ),
        ...maps.flatMap((type) => ['all', 'exists', 'exists_one'].map((macro) => `$${type}.${macro}(y, $of:map)`)),
        '$any.all(y, y == $any)',
        'dyn($any).all(y, y == $any)',
        'dyn($any).exists(y, y == $any)',
        '$list<int>.exists(y, $list<int>.all(z, z <= y))',
        '$list<int>.exists(i, i < $double)',
        'google.protobuf.BoolValue{value: $bool} == $bool',
        'google.protobuf.Int64Value{value: $int} == $int',
        '$timestamp == null',
        '$any == null',
        '$duration != null',
        'google.protobuf.StringValue{} == null',
        'dyn($bool)',
        'type($string) == type($int)',
        'type($list<int>) == list',
        'dyn($ipaddress) == $any',
        '$list<int>.map(y, y * 2) == $list<int>',
      ],
      values: ['true', 'false', 'true', 'false', '1', '"true"', 'null'],
    },
  ],
  [
    'string',
    {
      parameters: ['s', 't'],
      literals: [
        ...texts,
        ...oddTexts,
        "'a'",
        '"""a"""',
        'r"\\d"',
        '"\\u00e9"',
        '"\\101"',
        '"\\x41"',
        "'\\U0001F600'",
        '"\\ud800"',
        '"\\q"',
      ],
      made: [
        '$string + $string',
        '($bool ? $string : $string)',
        '$list<string>[$index]',
        '$map<string>.k',
        '$map<string>["nope"]',
        ...['bool', 'string', 'int', 'uint', 'double', 'duration', 'timestamp', 'bytes', 'any'].map(
          (type) => `string($${type})`,
        ),
        'google.protobuf.StringValue{value: $string}',
      ],
      values: [...texts, ...oddTexts, ...instants.slice(0, 8), ...addresses, '1', 'null', '["a"]'],
    },
  ],
  [
    'int',
    {
      parameters: ['i', 'j'],
      literals: [
        '0',
        '1',
        '-1',
        '5',
        '-7',
        '0x10',
        '9223372036854775807',
        '-9223372036854775808',
        '9223372036854775808',
        '1_000',
        '4611686018427387904',
      ],
      made: [
        '$int + $int',
        '$int - $int',
        '$int * $int',
        '$int / $int',
        '$int % $int',
        '-$int',
        '-($int)',
        '- - $int',
        '($bool ? $int : $int)',
        'size($string)',
        '$string.size()',
        'size($bytes)',
        'size($any)',
        '$any.size()',
        ...[...lists, ...maps].flatMap((type) => [`size($${type})`, `$${type}.size()`]),
        ...['int', 'uint', 'double', 'string', 'duration', 'timestamp', 'any', 'bool'].map((type) => `int($${type})`),
        '$list<int>[$index]',
        '$map<int>.k',
        '$map<int>["m"]',
        '$list<list<int>>[0][0]',
        '{1: $int}[1]',
        '[1, 2, $int][$index]',
        ...calendar.flatMap((field) => [`$timestamp.get${field}()`, `$timestamp.get${field}($zone)`]),
        ...['Hours', 'Minutes', 'Seconds', 'Milliseconds'].map((field) => `$duration.get${field}()`),
        'google.protobuf.Int32Value{value: $int}',
      ],
      values: [
        '0',
        '1',
        '-7',
        '5',
        '9007199254740991',
        '"7"',
        '"-7"',
        '"7.0"',
        '"70e-1"',
        '1.5',
        '"x"',
        '""',
        'true',
        'null',
        '"9223372036854775807"',
      ],
    },
  ],
  [
    'uint',
    {
      parameters: ['u', 'v'],
      literals: ['0u', '1u', '18446744073709551615u', '18446744073709551616u', '0xffu', '5U'],
      made: [
        '$uint + $uint',
        '$uint - $uint',
        '$uint * $uint',
        '$uint / $uint',
        '$uint % $uint',
        'uint($int)',
        'uint($double)',
        'uint($string)',
        'uint($uint)',
        'uint($any)',
      ],
      values: ['0', '18', '5', '"7"', '-1', '1.5', '"x"', '9007199254740991'],
    },
  ],
  [
    'double',
    {
      parameters: ['d', 'e'],
      literals: [
        '0.0',
        '1.5',
        '-2.25',
        '.5',
        '1e3',
        '1e-7',
        '1e400',
        '5.',
        '123456789.0',
        '9223372036854775808.0',
        '1e308',
        '0.1',
      ],
      made: [
        '$double + $double',
        '$double - $double',
        '$double * $double',
        '$double / $double',
        '$double / 0.0',
        '-$double',
        'double($int)',
        'double($uint)',
        'double($string)',
        'double($any)',
        'double($double)',
        '$list<double>[0]',
        'double("nan")',
        'double("-inf")',
      ],
      values: [
        '0',
        '1.5',
        '-2.25',
        '1e20',
        '"1.5"',
        '"0.5"',
        '"0.1"',
        '"x"',
        '9007199254740992',
        '1e-7',
        '123456.75',
        'true',
        '"1e400"',
      ],
    },
  ],
  [
    'bytes',
    {
      parameters: [],
      literals: ['b"a"', 'b""', 'b"\\xff"', 'b"é"', "b'\\303\\251'", 'br"\\x"', 'b"\\u00e9"'],
      made: ['bytes($string)', '$bytes + $bytes', 'bytes($bytes)'],
      values: [],
    },
  ],
  [
    'duration',
    {
      parameters: ['du', 'dv'],
      literals: [
        'duration("1h")',
        'duration("-1.5s")',
        'duration("100ns")',
        'duration("")',
        'duration("1d")',
        'duration("0")',
        'duration("2562047h47m16.854775807s")',
        'google.protobuf.Duration{seconds: 5}',
        'google.protobuf.Duration{seconds: -5, nanos: -7}',
      ],
      made: [
        '$duration + $duration',
        '$duration - $duration',
        '$timestamp - $timestamp',
        'duration($string)',
        'duration($duration)',
        'duration($any)',
      ],
      values: [
        '"1h"',
        '"90m"',
        '"100ns"',
        '"-1h30m"',
        '"1.5s"',
        '".5h"',
        '"1d"',
        '""',
        '5',
        '"0"',
        '"0.3333333333333333333h"',
        '"1μs"',
      ],
    },
  ],
  [
    'timestamp',
    {
      parameters: ['ts', 'tu'],
      literals: [
        ...instants.map((text) => `timestamp(${text})`),
        'timestamp(0)',
        'timestamp(253402300799)',
        'timestamp(253402300800)',
        'google.protobuf.Timestamp{}',
      ],
      made: [
        '$timestamp + $duration',
        '$duration + $timestamp',
        '$timestamp - $duration',
        'timestamp($int)',
        'timestamp($string)',
        'timestamp($timestamp)',
        'timestamp($any)',
        'google.protobuf.Timestamp{seconds: -5, nanos: 7}',
      ],
      values: [...instants, '0', '""', '"2024-01-01"', '"2024-02-29T12:00:00+24:60"', '"2024-02-29T24:00:00Z"'],
    },
  ],
  [
    'ipaddress',
    {
      parameters: ['ip', 'iq'],
      literals: ['ipaddress("10.0.0.5")', 'ipaddress("::1")'],
      made: ['ipaddress($string)', 'ipaddress($address)', 'ipaddress($any)'],
      values: [...addresses, ...oddAddresses, '5'],
    },
  ],
  [
    'any',
    {
      parameters: ['a', 'x'],
      literals: ['null', '[]', '{}', '{"k": 1}', '[1, "a"]'],
      made: [
        ...every.map((type) => `dyn($${type})`),
        '$any.k',
        '$any[0]',
        '$any["k"]',
        '$any[$int]',
        '$any + $any',
        '$any - $int',
        '-$any',
        '!$any',
        '$map<any>.k',
        '$list<any>[0]',
        '[1, "a", $any][$index]',
        '{"k": $any}.k',
        '{1: 2, "a": $any, true: 3}[$any]',
        '{1.0: 2, 2u: $int}[$any]',
        '($bool ? $any : $int)',
      ],
      values: [
        'null',
        'true',
        '1',
        '-2.5',
        '"x"',
        '""',
        '[]',
        '["a", 1]',
        '{}',
        '{"k": 1}',
        '{"k": {"m": null}}',
        '[[1]]',
        '1e20',
        '"10.0.0.5"',
        '"1h"',
      ],
    },
  ],
  [
    'type',
    {
      parameters: [],
      literals: [
        'int',
        'string',
        'bool',
        'double',
        'list',
        'map',
        'null_type',
        'bytes',
        'uint',
        'type',
        'google.protobuf.Timestamp',
        'google.protobuf.Duration',
      ],
      made: ['type($any)', 'type($int)'],
      values: [],
    },
  ],
  [
    'index',
    { parameters: [], literals: ['0', '1', '5', '-1', '1.0', '0u', 'true', '"a"', 'null'], made: ['$int'], values: [] },
  ],
  ['zone', { parameters: [], literals: [...zones, ...zones, ...oddZones], made: ['$string'], values: [] }],
  ['address', { parameters: [], literals: [...addresses, ...oddAddresses], made: ['$string'], values: [] }],
  ['range', { parameters: [], literals: [...ranges, ...ranges, ...oddRanges], made: ['$string'], values: [] }],
  ['pattern', { parameters: [], literals: [...patterns, ...patterns, ...oddPatterns], made: ['$string'], values: [] }],
  [
    'list<string>',
    {
      parameters: ['ls'],
      literals: ['[]', '["a"]', '["a", "10",]'],
      made: [
        '[$string, $string]',
        '$list<string> + $list<string>',
        '$list<string>.map(y, y + "!")',
        '$list<string>.filter(y, y == "a")',
        '$list<string>.map(y, y != "b", y)',
        '$map<list<string>>.k',
      ],
      values: ['[]', '["a"]', '["a","b","a"]', '["10"]', '[1]', '"a"'],
    },
  ],
  [
    'list<int>',
    {
      parameters: ['li'],
      literals: ['[1]', '[3, 1, 2]'],
      made: [
        '[$int, $int]',
        '$list<int> + $list<int>',
        '$list<int>.map(y, y * $int)',
        '$list<int>.filter(y, y > $int)',
        '$list<list<int>>[0]',
        '$list<string>.map(y, size(y))',
      ],
      values: ['[]', '[3,1,2]', '[1]', '["7"]', '[1.5]', '["x"]', '{}'],
    },
  ],
  [
    'list<double>',
    {
      parameters: ['ld'],
      literals: ['[1.5]'],
      made: ['[$double, $double]'],
      values: ['[]', '[1.5, 2]', '["0.5"]', '[null]'],
    },
  ],
  [
    'list<any>',
    {
      parameters: ['la'],
      literals: ['[1, "a"]', '[null]'],
      made: ['[$any, $int]', '[$ipaddress, $string]', '[$timestamp, $duration]'],
      values: ['[]', '[1,"a",null]', '[[1],{"k":2}]', '[true]', '"x"'],
    },
  ],
  [
    'list<list<int>>',
    {
      parameters: ['ll'],
      literals: ['[[1]]', '[[]]'],
      made: ['[$list<int>, $list<int>]'],
      values: ['[]', '[[1],[2,3]]', '[[]]', '[1]'],
    },
  ],
  [
    'list<timestamp>',
    { parameters: ['lt'], literals: [], made: ['[$timestamp]'], values: ['[]', '["2024-02-29T12:00:00Z"]', '["x"]'] },
  ],
  [
    'list<ipaddress>',
    {
      parameters: ['lp'],
      literals: [],
      made: ['[$ipaddress, $ipaddress]'],
      values: ['[]', '["10.0.0.5","::1"]', '[5]'],
    },
  ],
  [
    'map<string>',
    {
      parameters: ['ms'],
      literals: ['{}', '{"k": "v"}'],
      made: ['{$string: $string}'],
      values: ['{}', '{"k":"v"}', '{"k":1}', '[]'],
    },
  ],
  [
    'map<int>',
    {
      parameters: ['mi'],
      literals: ['{"k": 1}'],
      made: ['{"k": $int, "m": $int}'],
      values: ['{}', '{"k":1}', '{"m":"7"}', '{"k":"x"}'],
    },
  ],
  [
    'map<any>',
    {
      parameters: ['ma'],
      literals: ['{"k": null}'],
      made: ['{"k": $any}'],
      values: ['{}', '{"k":null}', '{"k":[1]}', '{"k":{"k":2}}', 'null'],
    },
  ],
  [
    'map<list<string>>',
    { parameters: ['ml'], literals: [], made: ['{"k": $list<string>}'], values: ['{}', '{"k":["a"]}', '{"k":"a"}'] },
  ],
  [
    'of:list<string>',
    {
      parameters: [],
      literals: ['y == "a"'],
      made: ['y != $string', '1 / size(y) > 0', 'y in $list<string>', '$bool', 'y < $string || $bool'],
      values: [],
    },
  ],
  [
    'of:list<int>',
    {
      parameters: [],
      literals: ['y > 0'],
      made: ['y == $int', '10 / y > 0', 'y < $double', '$bool && y != 1', 'y in $list<int>'],
      values: [],
    },
  ],
  [
    'of:list<double>',
    { parameters: [], literals: ['y > 0.0'], made: ['y < $double', 'y == $int', 'y <= $int'], values: [] },
  ],
  [
    'of:list<any>',
    { parameters: [], literals: ['y == 1'], made: ['y == $any', 'y > 0 || $bool', 'has(y.k)', 'y'], values: [] },
  ],
  [
    'of:list<list<int>>',
    {
      parameters: [],
      literals: ['size(y) > 0'],
      made: ['y.exists(z, z == $int)', '$int in y', 'y[0] > 0'],
      values: [],
    },
  ],
  [
    'of:list<timestamp>',
    { parameters: [], literals: ['y > timestamp(0)'], made: ['y == $timestamp', 'y.getHours($zone) > 0'], values: [] },
  ],
  [
    'of:list<ipaddress>',
    {
      parameters: [],
      literals: ['y == ipaddress("10.0.0.5")'],
      made: ['y.in_cidr($range)', 'y == $ipaddress'],
      values: [],
    },
  ],
  [
    'of:map',
    {
      parameters: [],
      literals: ['y == "k"'],
      made: ['y == $string', 'y in $list<string>', 'size(y) == $int', '$map<string>[y] == "v"'],
      values: [],
    },
  ],
]);

/** One condition, the same for the same numbers; most of them are well-typed, many are nearly so. */
export function randomCondition(random: () => number): RandomCondition {
  const used = new Map<string, string>();
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const make = (type: string, depth: number): string => {
    const wanted = random() < 0.03 ? (pick(every) ?? type) : type;
    const { parameters, literals, made } = words.get(wanted) ?? { parameters: [], literals: [], made: [] };
    const chance = random();
    const name = pick(parameters);
    if (depth <= 0 || chance < 0.3) {
      if (name !== undefined && random() < 0.7) {
        used.set(name, wanted);
        return name;
      }
      if (literals.length > 0) return fill(pick(literals) ?? '', depth);
      if (name !== undefined) {
        used.set(name, wanted);
        return name;
      }
    }
    return fill(pick(made) ?? pick(literals) ?? 'true', depth);
  };
  const fill = (text: string, depth: number): string =>
    text.replaceAll(
      /\$(of:)?((?:list|map)<(?:[a-z]+|list<[a-z]+>)>|[a-z]+)/g,
      (_, of: string | undefined, type: string) => {
        const part = make(`${of ?? ''}${type}`, depth - 1);
        return of === undefined && / [^ ]/.test(part) && random() < 0.8 ? `(${part})` : part;
      },
    );
  let expression = make('bool', 1 + Math.floor(random() * 3));
  if (random() < 0.12) expression = mutate(expression, random);
  const params = Object.fromEntries(used);
  if (random() < 0.02) params.extra = 'int';
  const entries = Object.entries(params).flatMap(([name, type]) =>
    random() < 0.02 ? [] : [`${JSON.stringify(name)}:${pick(words.get(type)?.values ?? []) ?? 'null'}`],
  );
  return { params, expression, context: `{${entries.join(',')}}` };
}

const pieces = [
  ' ',
  '(',
  ')',
  '!',
  '-',
  '.',
  '"',
  "'",
  '1',
  'u',
  '.5',
  '&&',
  '||',
  '?',
  ':',
  '[',
  ']',
  '{',
  '}',
  ',',
  'in',
  ' // x',
  '\n',
  'a',
  '\\',
  '==',
  '<',
  'null',
  '`',
];

function mutate(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
  const chance = random();
  if (chance < 0.4) return text.slice(0, at) + piece + text.slice(at);
  if (chance < 0.7) return text.slice(0, at) + text.slice(at + 1);
  return text.slice(0, at) + piece + text.slice(at + 1);
}

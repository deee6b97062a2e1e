import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { requiresPermissionSDL } from '#guard/directive';
import { analyseOperation, type OperationAnalysis } from '#guard/gateway';

const schema = buildSchema(`${requiresPermissionSDL}
  directive @join__type(graph: String!, key: String) repeatable on OBJECT
  scalar JSON
  type Query {
    track(id: ID): Track @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
    number(id: Int = 7): Int @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
    deep(input: DeepInput): Int @requiresPermission(permission: "can_listen", object: "track:{$args.input.items.id}")
    json(any: JSON): Int @requiresPermission(permission: "can_listen", object: "track:{$args.any.id}")
    lists(ids: [[ID]]): Int @requiresPermission(permission: "can_listen", object: "track:{$args.ids}")
    both(a: ID!, b: ID!): Int
      @requiresPermission(permission: "can_listen", object: "track:{$args.a}")
      @requiresPermission(permission: "can_edit", object: "track:{$args.b}", onDeny: "NULL")
    filtered(id: ID!): [Int] @requiresPermission(permission: "can_listen", object: "track:{$args.id}", onDeny: "FILTER")
    broken(id: ID!): Int @requiresPermission(permission: "can_listen", object: "track:{$env.id}")
    platform: Int @requiresPermission(permission: "can_see", object: "platform:main")
    node: Node
    any: [Any]
    one: One
    shared: Shared
    toString(id: ID!): Int @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
    free: Int
    given(id: ID, by: By = UP, flag: Boolean = true @requiresPermission(permission: "can_flag", object: "track:{$args.id}"), in: Given): Int
    parent(by: Int @requiresPermission(permission: "can_see")): Int
  }
  enum By { UP DOWN @requiresPermission(permission: "can_turn", object: "platform:main") }
  input Given {
    by: By
    of: [Given!]
    id: ID
    own: Int @requiresPermission(permission: "can_own", object: "track:{$this.id}", onDeny: "NULL")
    broken: Int @requiresPermission(permission: "can_own", object: "track:{$env.id}")
  }
  type Mutation { rename(id: ID!): Track @requiresPermission(permission: "can_edit", object: "track:{$args.id}") }
  type Subscription { plays(id: ID!): Int @requiresPermission(permission: "can_listen", object: "track:{$args.id}") }
  input DeepInput { items: [Item!] }
  input Item { id: ID = "standard" }
  interface Node { id: ID!  plays(label: ID!): Int }
  type Track implements Node {
    id: ID!
    mine: Int @requiresPermission(permission: "can_edit", object: "track:{$this.id}")
    own: Int @requiresPermission(permission: "can_edit")
    plays(label: ID!): Int @requiresPermission(permission: "can_see", object: "label:{$args.label}")
    next: Track
  }
  union Any = Track | One
  type One @join__type(graph: "A", key: "id") @requiresPermission(permission: "can_see", object: "platform:main") { id: ID! name: Int }
  type Shared @join__type(graph: "A") @join__type(graph: "B") @requiresPermission(permission: "can_see", object: "platform:main") { name: Int }
`);

function analyse(query: string, variables?: Record<string, unknown>, operationName?: string) {
  return analyseOperation({ schema, document: parse(query), variables, operationName });
}

function checksOf(analysis: OperationAnalysis | undefined): readonly string[] | undefined {
  return analysis?.checks.map(({ permission, object }) => `${permission} ${object}`);
}

describe('checks are found', () => {
  test.each<readonly [string, string, Record<string, unknown> | undefined, readonly string[]]>([
    ['in literals', '{ track(id: "1") { id } }', undefined, ['can_listen track:1']],
    ['in numbers', '{ track(id: 12) { id } number(id: 3) }', undefined, ['can_listen track:12', 'can_listen track:3']],
    ['in variables', 'query ($a: ID) { track(id: $a) { id } }', { a: 'x' }, ['can_listen track:x']],
    ['in defaults of variables', 'query ($a: ID = "d") { track(id: $a) { id } }', {}, ['can_listen track:d']],
    ['in defaults of arguments', '{ number }', undefined, ['can_listen track:7']],
    ['in defaults of arguments for absent variables', 'query ($a: Int) { number(id: $a) }', {}, ['can_listen track:7']],
    [
      'in defaults of inputs',
      '{ deep(input: { items: [{}, { id: "b" }] }) }',
      undefined,
      ['can_listen track:standard', 'can_listen track:b'],
    ],
    [
      'in one item for a list',
      '{ deep(input: { items: { id: "b" } }) lists(ids: "c") }',
      undefined,
      ['can_listen track:b', 'can_listen track:c'],
    ],
    [
      'in lists of lists',
      '{ lists(ids: [["a", "b"], ["a"]]) }',
      undefined,
      ['can_listen track:a', 'can_listen track:b'],
    ],
    ['in scalars', 'query ($j: JSON) { json(any: $j) }', { j: { id: 'j' } }, ['can_listen track:j']],
    [
      'under aliases, each once',
      '{ a: track(id: 1) { id } b: track(id: 1) { id } c: track(id: 2) { id } }',
      undefined,
      ['can_listen track:1', 'can_listen track:2'],
    ],
    ['of several guards', '{ both(a: 1, b: 1) }', undefined, ['can_listen track:1', 'can_edit track:1']],
    ['of literal objects', '{ platform }', undefined, ['can_see platform:main']],
    ['of types', '{ one { name } }', undefined, ['can_see platform:main']],
    [
      'in fragments',
      '{ ...A ...A } fragment A on Query { ...B } fragment B on Query { platform }',
      undefined,
      ['can_see platform:main'],
    ],
    [
      'in fragments in a circle',
      '{ ...A } fragment A on Query { ...B platform } fragment B on Query { ...A }',
      undefined,
      ['can_see platform:main'],
    ],
    ['behind an interface', '{ node { ... on Track { plays(label: 1) } } }', undefined, ['can_see label:1']],
    [
      'in members of a union',
      '{ any { ... on Track { plays(label: 1) } ... on One { name } } }',
      undefined,
      ['can_see label:1', 'can_see platform:main'],
    ],
    [
      'below fields without one',
      '{ node { ... on Track { next { next { plays(label: 1) } } } } }',
      undefined,
      ['can_see label:1'],
    ],
    ['of an argument that is given', '{ given(id: 3, flag: false) }', undefined, ['can_flag track:3']],
    ['of a value', 'query ($b: By) { given(by: $b) }', { b: 'DOWN' }, ['can_turn platform:main']],
    [
      'of what is in inputs, once each',
      'query ($g: Given) { given(in: { of: [$g, { id: "b", own: null }, { of: { by: DOWN } }] }) }',
      { g: { id: 'a', own: 1, by: 'DOWN' } },
      ['can_turn platform:main', 'can_own track:a', 'can_own track:b'],
    ],
    ['in a mutation', 'mutation { rename(id: 1) { id } }', undefined, ['can_edit track:1']],
    ['in a subscription', 'subscription { plays(id: 1) }', undefined, ['can_listen track:1']],
    [
      'of fields that are included',
      'query ($t: Boolean! = true) { platform @include(if: $t) @skip(if: false) }',
      {},
      ['can_see platform:main'],
    ],
    [
      'with names of prototypes',
      'query ($constructor: ID!, $__proto__: ID!) { toString: toString(id: $constructor) __proto__: track(id: $__proto__) { id } }',
      JSON.parse('{"constructor":"c","__proto__":"p"}'),
      ['can_listen track:c', 'can_listen track:p'],
    ],
  ])('%s', (_what, query, variables, checks) => {
    expect(checksOf(analyse(query, variables))).toEqual(checks);
  });
});

describe('nothing is found', () => {
  test.each<readonly [string, string, Record<string, unknown> | undefined]>([
    ['without guards', '{ free node { id } }', undefined],
    ['on an interface', '{ node { plays(label: 1) } }', undefined],
    ['of the parent', '{ node { ... on Track { mine own } } }', undefined],
    ['of items', '{ filtered(id: 1) }', undefined],
    ['that can be read', '{ broken(id: 1) }', undefined],
    ['of keys', '{ one { id __typename } }', undefined],
    ['of a type of two subgraphs', '{ shared { name } }', undefined],
    ['in arguments that are not given', '{ given }', undefined],
    ['in variables that are not given', 'query ($f: Boolean, $b: By) { given(flag: $f, by: $b) }', {}],
    ['in what would be there anyhow', '{ given(flag: true, by: UP, in: {}) }', undefined],
    ['of the parent of an argument', '{ parent(by: 1) }', undefined],
    ['that can be read, of an input', '{ given(in: { broken: 1 }) }', undefined],
    [
      'that is skipped',
      'query ($f: Boolean!) { platform @include(if: $f) ...A @skip(if: true) ... @include(if: false) { platform } } fragment A on Query { platform }',
      { f: false },
    ],
    ['in no list', '{ lists(ids: []) deep(input: { items: [] }) }', undefined],
    ['with variables that are not valid', 'query ($a: ID!) { track(id: $a) { id } }', {}],
    ['with arguments that are not valid', '{ both(a: "1") }', undefined],
    [
      'in unknown fields, types and fragments',
      '{ constructor { id } ...Nope ... on __proto__ { platform } }',
      undefined,
    ],
    ['in two operations without a name', 'query A { platform } query B { platform }', undefined],
  ])('%s', (_what, query, variables) => {
    expect(analyse(query, variables)).toBeUndefined();
  });
});

describe('no object is named, which is denied without a question', () => {
  const long = (bytes: number) => 'é'.repeat(bytes / 2);
  test.each<readonly [string, string, Record<string, unknown> | undefined]>([
    ['by null', '{ track(id: null) { id } }', undefined],
    ['by an absent argument', '{ track { id } }', undefined],
    ['by null in a list', '{ lists(ids: [["a", null]]) }', undefined],
    ['by a list that is null', '{ lists(ids: null) }', undefined],
    ['by an input that is null', '{ deep(input: { items: null }) }', undefined],
    ['by an absent input', '{ deep }', undefined],
    ['by an object', 'query ($j: JSON) { json(any: $j) }', { j: { id: { id: 'x' } } }],
    ['by a flag', 'query ($j: JSON) { json(any: $j) }', { j: { id: true } }],
    ['by a fraction', 'query ($j: JSON) { json(any: $j) }', { j: { id: 1.5 } }],
    ['by a number that is not exact', 'query ($j: JSON) { json(any: $j) }', { j: { id: 2 ** 53 } }],
    ['by what is inherited', 'query ($j: JSON) { json(any: $j) }', { j: Object.create({ id: 'x' }) }],
    ...['', '*', 'a:b', 'a#b', 'a b', 'a\u0000', 'a\u200b', 'e\u0301', '\ud800', long(258)].map(
      (id): [string, string, Record<string, unknown>] => [
        `by ${JSON.stringify(id.slice(0, 9))}`,
        'query ($a: ID) { track(id: $a) { id } }',
        { a: id },
      ],
    ),
  ])('%s', (_what, query, variables) => {
    const analysis = analyse(query, variables);
    expect(analysis?.checks.filter(({ object }) => object !== 'track:a')).toEqual([]);
    expect([...(analysis?.fields.values() ?? [])].map(({ guards }) => guards.map(({ checks }) => checks))).toEqual([
      ['none'],
    ]);
  });

  test('but by 256 bytes one is', () => {
    expect(analyse('query ($a: ID) { track(id: $a) { id } }', { a: long(256) })?.checks).toHaveLength(1);
  });
});

test.each([
  ['an input without an id', '{ given(in: { own: 1 }) }'],
  ['arguments without an id', '{ given(flag: false) }'],
  ['one input of two', '{ given(in: { id: null, own: 1, of: { id: 1 } }) }'],
])('no object is named by %s', (_what, query) => {
  const guards = [...(analyse(query)?.fields.values() ?? [])].flatMap((field) => field.guards);
  expect(guards.map(({ checks }) => checks)).toEqual(['none']);
});

test('more values than may be looked at are left to the subgraph', () => {
  const of = Array.from({ length: 20_000 }, () => ({ id: 'x', own: 1 }));
  const query = 'query ($g: Given) { a: given(in: $g) platform }';
  expect(analyse(query, { g: { of } })).toBeUndefined();
  expect(checksOf(analyse(query, { g: { id: 'x', own: 1 } }))).toEqual(['can_own track:x', 'can_see platform:main']);
});

test('what is beyond a thousand checks is left to the subgraph, field by field', () => {
  const ids = (count: number, from = 0) => JSON.stringify(Array.from({ length: count }, (_, n) => `x${n + from}`));
  const analysis = analyse(
    `{ a: lists(ids: [${ids(990)}]) b: lists(ids: [${ids(20, 990)}]) track(id: "y") { id } again: track(id: "x1") { id } }`,
  );
  expect(analysis?.checks).toHaveLength(991);
  expect([...(analysis?.fields.values() ?? [])].map(({ path }) => path.join('.'))).toEqual(['a', 'track', 'again']);
});

test('each field has its place, its coordinate and its guards', () => {
  const analysis = analyse(
    'query A { free } query B { x: node { ... on Track { p: plays(label: 1) } } b: both(a: 1, b: 2) }',
    {},
    'B',
  );
  expect(
    [...(analysis?.fields.values() ?? [])].map(({ coordinate, path, guards }) => ({ coordinate, path, guards })),
  ).toEqual([
    {
      coordinate: 'Track.plays',
      path: ['x', 'p'],
      guards: [{ permission: 'can_see', type: 'label', onDeny: 'ERROR', checks: [0] }],
    },
    {
      coordinate: 'Query.both',
      path: ['b'],
      guards: [
        { permission: 'can_listen', type: 'track', onDeny: 'ERROR', checks: [1] },
        { permission: 'can_edit', type: 'track', onDeny: 'NULL', checks: [2] },
      ],
    },
  ]);
});

test('a variable that is named like a prototype gives no other variable a value', () => {
  const query = 'query ($__proto__: JSON, $id: ID) { track(id: $id) { id } json(any: { id: $id }) }';
  const analysis = analyse(query, JSON.parse('{"__proto__":{"id":"stolen"}}'));
  expect(analysis?.checks).toEqual([]);
  expect(analysis?.fields.size).toBe(2);
});

test('a document of 20,000 spreads is walked once', () => {
  const fragments = Array.from({ length: 200 }, (_, n) => `fragment F${n} on Query { ${`...F${n + 1} `.repeat(100)} }`);
  const analysis = analyse(`{ ...F0 } ${fragments.join(' ')} fragment F200 on Query { platform }`);
  expect(checksOf(analysis)).toEqual(['can_see platform:main']);
});

test.each([
  ['one list that many fields name', 400],
  ['one list', 1],
])('%s of very many ids costs no more than what can be asked', (_name, fields) => {
  let read = 0;
  const ids = new Proxy(new Array<string>(20_000).fill('x'), {
    get: (list, name) => {
      if (typeof name === 'string' && /^\d+$/.test(name)) read += 1;
      return Reflect.get(list, name);
    },
  });
  const document = parse(
    `query($any: JSON) { ${Array.from({ length: fields }, (_, at) => `a${at}: json(any: $any)`).join(' ')} }`,
  );
  const analysis = analyseOperation({ schema, document, variables: { any: { id: ids } } });
  expect(analysis).toBeUndefined();
  expect(read).toBeLessThan(50_000);
});

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { guardSchema } from '#guard';
import { guardProblemCodes } from '#guard/rules';
import { allowOnly } from '#guard/testing';
import { corpus } from './corpus.ts';
import { link, linked, lintTexts, subgraph } from './support/lint-texts.ts';

/** The codes that a start knows: what makes composition or other subgraphs fail is the lint's alone, and so is the model. */
const known = new Set<string>(guardProblemCodes.filter((code) => code !== 'error-on-non-null'));

/** Whether a subgraph starts; undefined where it is no subgraph at all. */
function starts(text: string): boolean | undefined {
  try {
    const schema = buildSubgraphSchema([{ typeDefs: parse(text), resolvers: {} }]);
    return canGuard(schema);
  } catch {
    return undefined;
  }
}

function canGuard(schema: Parameters<typeof guardSchema>[0]): boolean {
  try {
    guardSchema(schema, { client: allowOnly([]), authorization: () => 'x' });
    return true;
  } catch (error) {
    // Nothing to guard is no mistake in a guard.
    return String(error).includes('No field has @requiresPermission');
  }
}

async function lints(text: string): Promise<readonly string[]> {
  const { found } = await lintTexts({ 'a.graphql': text });
  return found.map((line) => line.split(' ')[1] ?? '').filter((code) => known.has(code));
}

const guard = '@requiresPermission(permission: "can_edit")';
const on = (object: string, more = '') => `@requiresPermission(permission: "can_edit", object: "${object}"${more})`;
const query = 'extend type Query { track: Track tracks: [Track] }';
const fields = 'id: ID! title: String';

/** Schemas and whether they are sound: each is judged by both. */
const schemas: readonly (readonly [string, boolean, string])[] = [
  [
    'a key of the scalar UUID',
    false,
    `scalar UUID ${query} type Track @key(fields: "id") { id: UUID! x: Int ${guard} }`,
  ],
  [
    'a key of the scalar UUID, on the type',
    false,
    `scalar UUID ${query} type Track @key(fields: "id") ${guard} { id: UUID! x: Int }`,
  ],
  [
    'a key of the scalar UUID, filtered',
    false,
    `scalar UUID extend type Query { tracks: [Track] ${guard.replace(')', ', onDeny: "FILTER")')} } type Track @key(fields: "id") { id: UUID! x: Int }`,
  ],
  [
    'a key of the scalar UUID, and another object',
    true,
    `scalar UUID ${query} type Track @key(fields: "id") { id: UUID! owner: ID x: Int ${on('track:{$this.owner}')} }`,
  ],
  ['a key that is an enum', false, `enum E { A } ${query} type Track @key(fields: "id") { id: E! x: Int ${guard} }`],
  ['a key with an argument', false, `${query} type Track @key(fields: "id") { id(of: ID!): ID! x: Int ${guard} }`],
  [
    'a nested key whose object is guarded',
    true,
    `extend type Query { shelf: Shelf } type Shelf @key(fields: "track { id }") { track: Track! name: String } type Track ${on('track:{$this.id}')} { ${fields} }`,
  ],
  [
    'a guard on a nested key',
    false,
    `extend type Query { shelf: Shelf } type Shelf @key(fields: "track { id }") { track: Track! } type Track { id: ID! ${on('track:{$this.id}')} title: String }`,
  ],
  [
    'a guard on the object of a nested key',
    false,
    `extend type Query { shelf: Shelf } type Shelf @key(fields: "track { id }") { id: ID track: Track! ${on('track:{$this.id}')} } type Track { ${fields} }`,
  ],
  [
    'a guard on a type with a nested key',
    true,
    `extend type Query { shelf: Shelf } type Shelf @key(fields: "track { id }") ${on('track:{$this.track.id}')} { track: Track! name: String } type Track { ${fields} }`,
  ],
  [
    'no object for a nested key',
    false,
    `extend type Query { shelf: Shelf } type Shelf @key(fields: "track { id }") { track: Track! name: String ${guard} } type Track { ${fields} }`,
  ],
  [
    'a key of an interface',
    false,
    `${query} interface Media @key(fields: "id") { id: ID! } type Track implements Media @key(fields: "isrc") @key(fields: "id") { id: ID! ${on('track:{$this.isrc}')} isrc: ID! }`,
  ],
  ['a key with __typename', true, `${query} type Track @key(fields: "__typename id") { ${fields} x: Int ${guard} }`],
  ['two keys', false, `${query} type Track @key(fields: "id") @key(fields: "title") { ${fields} x: Int ${guard} }`],
  [
    'an @external pointer',
    false,
    `${query} type Track @key(fields: "id") { id: ID! label: ID @external x: Int ${on('track:{$this.label}')} }`,
  ],
  [
    'an @external pointer that is required',
    true,
    `${query} type Track @key(fields: "id") { id: ID! label: ID @external x: Int @requires(fields: "label") ${on('track:{$this.label}')} }`,
  ],
  [
    'a pointer into a part of the type that is @external',
    false,
    `${query} type Track @key(fields: "id") { id: ID! x: Int ${on('track:{$this.label}')} } extend type Track @external { label: ID }`,
  ],
  [
    'a pointer into an @external type',
    false,
    `${query} type Track @key(fields: "id") { id: ID! home: Home @shareable x: Int ${on('track:{$this.home.id}')} } type Home @external { id: ID }`,
  ],
  [
    'a list of lists that is filtered',
    false,
    `extend type Query { all: [[Track]] ${guard.replace(')', ', onDeny: "FILTER")')} } type Track @key(fields: "id") { ${fields} }`,
  ],
  [
    'a filtered field of a namespace',
    false,
    `${query} type Mutation { track: TrackMutations } type TrackMutations { give(id: ID): [Track] ${guard.replace(')', ', onDeny: "FILTER")')} } type Track @key(fields: "id") { ${fields} }`,
  ],
  ['a guard on the type Query', false, `extend type Query ${on('platform:main')} type Track { id: ID }`],
  [
    'a field that is called _entities',
    true,
    `${query} type Track @key(fields: "id") ${guard} { id: ID! _entities: Int _service: Int }`,
  ],
  [
    'an id that no object has',
    false,
    `extend type Query { f: Int ${on('platform:ma in').replace('ma in', 'm\\u200bn')} }`,
  ],
  [
    '$this on an @interfaceObject',
    false,
    `${query} type Media @key(fields: "id") @interfaceObject { id: ID! x: Int ${guard} } type Track { id: ID }`,
  ],
  [
    '$this through a union',
    false,
    `${query} union U = Track type Track @key(fields: "id") { ${fields} u: U x: Int ${on('track:{$this.u.id}')} }`,
  ],
  [
    '$args through an input',
    true,
    `${query} input N { id: ID inner: N } type Track { ${fields} } extend type Query { f(n: N): Int ${on('track:{$args.n.inner.id}')} }`,
  ],
  [
    '$args to a list of inputs',
    false,
    `${query} input N { id: ID } type Track { ${fields} } extend type Query { f(n: [N]): Int ${on('track:{$args.n}')} }`,
  ],
  [
    'NULL on a field that a key has below it',
    true,
    `${query} type Track @key(fields: "id") { ${fields} x: Int ${guard.replace(')', ', onDeny: "NULL")')} }`,
  ],
];

describe('what lint says is what the start says', () => {
  test.each(schemas)('%s', async (_name, isSound, body) => {
    const text = subgraph(body);
    expect(starts(text)).toBe(isSound);
    expect((await lints(text)).length === 0).toBe(isSound);
  });

  const federation = '@link(url: "https://specs.apollo.dev/federation/v2.9"';
  const track = (key: string, compose: string) =>
    `type Query { track: Track } type Track @${key}(fields: "id") { id: ID! x: Int ${guard} }\nextend schema @${compose}(name: "@requiresPermission")`;
  // Who builds subgraphs knows no such name.
  const defined = (prefix: string) =>
    `\ndirective @${prefix}__key(fields: String!) repeatable on OBJECT\ndirective @${prefix}__composeDirective(name: String!) repeatable on SCHEMA`;
  const heads: readonly (readonly [string, boolean, string])[] = [
    [
      'federation under another name',
      true,
      `extend schema ${federation}, as: "fed") ${link}\n${track('fed__key', 'fed__composeDirective')}${defined('fed')}`,
    ],
    [
      'federation without imports',
      true,
      `extend schema ${federation}) ${link}\n${track('federation__key', 'federation__composeDirective')}`,
    ],
    [
      'a key of another name than federation has',
      false,
      `extend schema ${federation}, as: "fed") ${link}\ndirective @other__key(fields: String!) on OBJECT\n${track('other__key', 'fed__composeDirective')}${defined('fed')}`,
    ],
    [
      'an import under another name',
      true,
      `extend schema ${federation}, import: [{ name: "@key", as: "@joined" }, "@composeDirective"]) ${link}\n${track('joined', 'composeDirective')}`,
    ],
    [
      'the directive under a prefix',
      false,
      `extend schema ${federation}, import: ["@key", "@composeDirective"]) ${link.replace('@link(', '@link(as: "perm", ')}\n${track('key', 'composeDirective')}`,
    ],
  ];

  test.each(heads)('%s', async (_name, isSound, head) => {
    const text = `${head}\n${linked('', '')
      .split('\n')
      .filter((line) => /^(scalar|directive| {2}\w+: postern|\) repeat)/.test(line))
      .join('\n')}`;
    expect(starts(text)).toBe(isSound);
    expect((await lints(text)).length === 0).toBe(isSound);
  });

  const single = corpus.filter(({ wrong }) => Object.keys(wrong).length === 1);

  test.each(single.map((entry) => [`${entry.code}: ${entry.what}`, entry] as const))(
    '%s',
    async (_name, { wrong, right }) => {
      for (const text of [wrong, right].map((texts) => (texts['a.graphql'] ?? '').replaceAll('‸', ''))) {
        const isStarted = starts(text);
        if (isStarted !== undefined) expect([text, (await lints(text)).length === 0]).toEqual([text, isStarted]);
      }
    },
  );

  test('most of the corpus is a subgraph that can start', () => {
    const built = single.filter(({ wrong }) => starts((wrong['a.graphql'] ?? '').replaceAll('‸', '')) !== undefined);
    expect(built.length).toBeGreaterThan(single.length / 2);
  });
});

import { buildSubgraphSchema } from '@apollo/subgraph';
import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  buildSchema,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { guardSchema, requiresPermissionSDL } from '../src/index.ts';
import { allowOnly } from '../src/testing.ts';
import { guard, preamble, subgraph } from './support/guarded-subgraph.ts';
import { problemsOf } from './support/problems-of.ts';

const at = (args: string) => `@requiresPermission(${args})`;
const p = 'permission: "can_edit"';

/** A query field, an entity, a type that is none, an input; the guard is written in the place of a name. */
const places = {
  query: 'type Query { f(id: ID, n: N, when: Boolean): Int HERE t: Track }',
  mutation: 'type Query { t: Track } type Mutation { f(id: ID): [Track] HERE }',
  subscription: 'type Query { t: Track } type Subscription { f(id: ID): [Track] HERE }',
  list: 'type Query { f: [Track!]! HERE plain: [Plain!] deep: [[Track]] media: [Media] }',
  plainList: 'type Query { f: [Plain!]! HERE t: Track }',
  deepList: 'type Query { f: [[Track]] HERE }',
  mediaList: 'type Query { f: [Media] HERE t: Track }',
  field: 'type Query { t: Track } extend type Track { f: Int HERE }',
  nonNull: 'type Query { t: Track } extend type Track { f: Int! HERE }',
  type: 'type Query { t: Track } extend type Track HERE',
  plainType: 'type Query { t: Track } extend type Plain HERE',
  queryType: 'type Query HERE { t: Track }',
  connection: 'type Query { f: TrackConnection HERE } type TrackConnection { nodes: [Track] }',
  edges: 'type Query { f: Page } type Page { pageInfo: Int nodes: [Track] HERE }',
  compound: 'type Query { c: Compound } type Compound @key(fields: "a b") { a: ID b: ID f: Int HERE }',
  twoKeys: 'type Query { c: Two } type Two @key(fields: "a") @key(fields: "b") { a: ID b: ID f: Int HERE }',
  nestedKey: 'type Query { c: Deep } type Deep @key(fields: "a { id }") { a: Track f: Int HERE }',
  argument: 'type Query { f(id: ID, by: Int HERE): Int other(by: Int): Int! t: Track }',
  argumentOfField: 'type Query { t: Track } extend type Track { f(by: Int HERE): Int }',
  argumentOfPlain: 'type Query { t: Plain } extend type Plain { f(by: Int HERE): Int }',
  argumentNonNull: 'type Query { t: Track f(by: Int HERE): [Track]! }',
  inputField:
    'type Query { t: Track f(id: ID, i: [I!]): Int g(i: J): Int! } input J { i: I } input I { id: ID when: Boolean in: N secret: Int HERE }',
  enumValue: 'type Query { t: Track f(id: ID, e: E): Int g(j: J): Int! } input J { e: [E] } enum E { A B HERE }',
  key: 'type Query { c: Keyed } type Keyed @key(fields: "id") { id: ID HERE f: Int }',
} as const;

const others = `
type Track @key(fields: "id") { id: ID! title: String! count(of: ID!): Int album: Plain media: Media size: Float }
type Plain { name: String }
interface Media { id: ID }
input N { id: ID kind: Boolean }
`;

type Place = keyof typeof places;

const mistakes: readonly (readonly [Place, string, string])[] = [
  [
    'query',
    'permission: "can edit", object: "a:b"',
    '@requiresPermission needs a permission of the model, as in @requiresPermission(permission: "can_edit") (on "Query.f").',
  ],
  ['query', `${p}, object: "a:b", onDeny: "HIDE"`, '"onDeny" is "HIDE"'],
  [
    'query',
    `${p}, object: "track"`,
    'The object "track" is not of the form "track:{$args.input.id}", "track:{$this.id}" or "platform:main" (on "Query.f").',
  ],
  [
    'query',
    `${p}, object: "track:{$args.id}x"`,
    'The object "track:{$args.id}x" is not of the form "track:{$args.input.id}", "track:{$this.id}" or "platform:main" (on "Query.f").',
  ],
  ['query', `${p}, object: "track:{$context.id}"`, 'The object "track:{$context.id}" uses "$context"'],
  [
    'query',
    `${p}, object: "track:${'x'.repeat(257)}"`,
    'The object "track:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" on "Query.f" has an id that no object can have',
  ],
  [
    'query',
    `${p}, object: "track:{$args.nr}"`,
    'The object "track:{$args.nr}" on "Query.f" points to "nr", which does not exist. There is "id", "n", "when".',
  ],
  [
    'query',
    `${p}, object: "track:{$args.n.nr}"`,
    'The object "track:{$args.n.nr}" on "Query.f" points to "nr", which does not exist. There is "id", "kind".',
  ],
  [
    'query',
    `${p}, object: "track:{$args.id.x}"`,
    'The object "track:{$args.id.x}" on "Query.f" points to "x", which does not exist. There is nothing to point to.',
  ],
  ['query', `${p}, object: "track:{$args.n}"`, 'The object "track:{$args.n}" on "Query.f" ends at "N"'],
  ['query', `${p}, object: "track:{$args.when}"`, 'The object "track:{$args.when}" on "Query.f" ends at "Boolean"'],
  [
    'query',
    `${p}, object: "track:{$args.__proto__}"`,
    'The object "track:{$args.__proto__}" on "Query.f" points to "__proto__", which does not exist. There is "id", "n", "when".',
  ],
  ['query', `${p}, object: "track:{$this.id}"`, '"Query.f" has no parent, so "$this" is nothing'],
  ['query', p, '@requiresPermission(permission: "can_edit") on "Query.f" needs an object'],
  ['mutation', p, '@requiresPermission(permission: "can_edit") on "Mutation.f" needs an object'],
  ['mutation', `${p}, onDeny: "FILTER"`, '"Mutation.f" has run before anything could be filtered'],
  ['subscription', `${p}, object: "a:{$this.id}"`, '"Subscription.f" has no parent, so "$this" is nothing'],
  ['subscription', `${p}, onDeny: "FILTER"`, '"Subscription.f" has run before anything could be filtered'],
  [
    'field',
    `${p}, object: "track:{$this.nr}"`,
    'The object "track:{$this.nr}" on "Track.f" points to "nr", which does not exist. There is "id", "title", "count", "album", "media", "size", "f".',
  ],
  [
    'field',
    `${p}, object: "track:{$this.count}"`,
    'The object "track:{$this.count}" on "Track.f" goes through "count", which needs the argument "of"',
  ],
  ['field', `${p}, object: "track:{$this.album}"`, 'The object "track:{$this.album}" on "Track.f" ends at "Plain"'],
  ['field', `${p}, object: "track:{$this.size}"`, 'The object "track:{$this.size}" on "Track.f" ends at "Float"'],
  [
    'field',
    `${p}, object: "track:{$this.media.id}"`,
    'The object "track:{$this.media.id}" on "Track.f" points to "id", which does not exist. There is nothing to point to.',
  ],
  [
    'field',
    `${p}, object: "track:{$this.title.id}"`,
    'The object "track:{$this.title.id}" on "Track.f" points to "id", which does not exist. There is nothing to point to.',
  ],
  [
    'field',
    `${p}, object: "track:{$args.id}"`,
    'The object "track:{$args.id}" on "Track.f" points to "id", which does not exist. There is nothing to point to.',
  ],
  ['field', `${p}, onDeny: "FILTER"`, '"Track.f" is no plain list of one object type, such as "[Track!]"'],
  ['nonNull', `${p}, onDeny: "NULL"`, '"Track.f" cannot be null'],
  ['type', `${p}, onDeny: "NULL"`, '"Track.title" cannot be null'],
  ['type', `${p}, onDeny: "FILTER"`, '"Track" is no plain list of one object type, such as "[Track!]"'],
  ['type', `${p}, object: "track:{$args.id}"`, `"$args" on "Track" are each field's own`],
  [
    'plainType',
    p,
    '@requiresPermission(permission: "can_edit") on "Plain" needs an object, as "Plain" has no single @key of one field',
  ],
  ['queryType', `${p}, object: "platform:main"`, 'Every subgraph adds fields to "Query"'],
  [
    'compound',
    p,
    '@requiresPermission(permission: "can_edit") on "Compound.f" needs an object, as "Compound" has no single @key of one field',
  ],
  [
    'twoKeys',
    p,
    '@requiresPermission(permission: "can_edit") on "Two.f" needs an object, as "Two" has no single @key of one field',
  ],
  [
    'nestedKey',
    p,
    '@requiresPermission(permission: "can_edit") on "Deep.f" needs an object, as "Deep" has no single @key of one field',
  ],
  ['key', p, '"Keyed.id" belongs to a @key, without which the gateway cannot join'],
  [
    'list',
    `${p}, object: "a:{$this.nr}", onDeny: "FILTER"`,
    'The object "a:{$this.nr}" on "Query.f" points to "nr", which does not exist. There is "id", "title", "count", "album", "media", "size".',
  ],
  ['list', `${p}, object: "a:b", onDeny: "FILTER"`, 'FILTER on "Query.f" asks about each item of the list'],
  [
    'plainList',
    `${p}, onDeny: "FILTER"`,
    '@requiresPermission(permission: "can_edit") on "Query.f" needs an object, as "Plain" has no single @key of one field',
  ],
  ['deepList', `${p}, onDeny: "FILTER"`, '"Query.f" is no plain list of one object type, such as "[Track!]"'],
  ['mediaList', `${p}, onDeny: "FILTER"`, '"Query.f" is no plain list of one object type'],
  [
    'connection',
    `${p}, onDeny: "FILTER"`,
    '"Query.f" is of a connection, whose pages and counts would tell what was filtered',
  ],
  [
    'edges',
    `${p}, onDeny: "FILTER"`,
    '"Page.nodes" is of a connection, whose pages and counts would tell what was filtered',
  ],
  ['argument', 'permission: "can edit"', '(on "Query.f(by:)").'],
  ['argument', p, '@requiresPermission(permission: "can_edit") on "Query.f(by:)" needs an object'],
  [
    'argument',
    `${p}, object: "track:{$args.nr}"`,
    'The object "track:{$args.nr}" on "Query.f(by:)" points to "nr", which does not exist. There is "id", "by".',
  ],
  ['argument', `${p}, object: "track:{$this.id}"`, '"Query.f(by:)" has no parent, so "$this" is nothing'],
  ['argument', `${p}, object: "a:b", onDeny: "FILTER"`, '"Query.f(by:)" is given, and is no list of an answer'],
  [
    'argumentNonNull',
    `${p}, object: "a:b", onDeny: "NULL"`,
    '"Query.f", to which "Query.f(by:)" is given, cannot be null',
  ],
  [
    'argumentOfField',
    `${p}, object: "track:{$this.nr}"`,
    'The object "track:{$this.nr}" on "Track.f(by:)" points to "nr", which does not exist.',
  ],
  ['argumentOfPlain', p, 'needs an object, as "Plain" has no single @key of one field'],
  ['inputField', p, '@requiresPermission(permission: "can_edit") on "I.secret" needs an object'],
  [
    'inputField',
    `${p}, object: "a:{$this.nr}"`,
    'The object "a:{$this.nr}" on "I.secret" points to "nr", which does not exist. There is "id", "when", "in", "secret".',
  ],
  ['inputField', `${p}, object: "a:{$this.when}"`, 'The object "a:{$this.when}" on "I.secret" ends at "Boolean"'],
  [
    'inputField',
    `${p}, object: "a:{$args.id}"`,
    'The object "a:{$args.id}" on "I.secret", given to "Query.g", points to "id", which does not exist. There is "i".',
  ],
  ['inputField', `${p}, object: "a:b", onDeny: "NULL"`, '"Query.g", to which "I.secret" is given, cannot be null'],
  ['inputField', `${p}, object: "a:b", onDeny: "FILTER"`, '"I.secret" is given, and is no list of an answer'],
  ['enumValue', p, '@requiresPermission(permission: "can_edit") on "E.B" needs an object; write one such as'],
  ['enumValue', `${p}, object: "a:{$this.id}"`, '"E.B" is a value, which has no fields for "$this"'],
  [
    'enumValue',
    `${p}, object: "a:{$args.id}"`,
    'The object "a:{$args.id}" on "E.B", given to "Query.g", points to "id", which does not exist. There is "j".',
  ],
  ['enumValue', `${p}, object: "a:b", onDeny: "NULL"`, '"Query.g", to which "E.B" is given, cannot be null'],
];

describe('a guard that cannot work fails the start, in one sentence', () => {
  test.each(mistakes)('%s %s', (place, args, expected) => {
    const schema = subgraph(others + places[place].replace('HERE', at(args)));
    expect(problemsOf(schema)).toEqual([expect.stringContaining(expected)]);
  });
});

const sound: readonly (readonly [Place, string])[] = [
  ['query', `${p}, object: "track:{$args.n.id}"`],
  ['query', `${p}, object: "platform:main", onDeny: "NULL"`],
  ['field', p],
  ['type', p],
  ['type', `${p}, object: "album:{$this.album.name}"`],
  ['list', `${p}, onDeny: "FILTER"`],
  ['plainList', `${p}, object: "plain:{$this.name}", onDeny: "FILTER"`],
  ['list', `${p}, object: "platform:main"`],
  ['argument', `${p}, object: "track:{$args.id}", onDeny: "NULL"`],
  ['argumentOfField', p],
  ['argumentOfField', `${p}, object: "album:{$this.album.name}"`],
  ['argumentNonNull', `${p}, object: "a:b"`],
  ['inputField', `${p}, object: "a:{$this.in.id}"`],
  ['inputField', `${p}, object: "a:{$this.id}"`],
  ['enumValue', `${p}, object: "a:b"`],
];

test.each(sound)('can be written: %s %s', (place, args) => {
  expect(problemsOf(subgraph(others + places[place].replace('HERE', at(args))))).toEqual([]);
});

test('all mistakes are told at once', () => {
  const schema = subgraph(`type Query { a: Int ${at(p)} b: Int ${at('permission: 1')} }`);
  expect(problemsOf(schema)).toHaveLength(2);
});

describe('a schema that cannot be meant', () => {
  test('without a guard: what strips directives must not pass', () => {
    expect(problemsOf(subgraph('type Query { a: Int }'))).toEqual([
      expect.stringContaining('No field has @requiresPermission'),
    ]);
    const unused = 'type Query { a: Int } input Unused { a: Int GUARD }'.replace('GUARD', at(`${p}, object: "a:b"`));
    expect(problemsOf(subgraph(unused))).toEqual([expect.stringContaining('No field has @requiresPermission')]);
    const stripped = makeExecutableSchema({ typeDefs: 'type Query { a: Int }' });
    expect(problemsOf(stripped)).toEqual([expect.stringContaining('No field has @requiresPermission')]);
  });

  test.each([
    ['Code.x', 'a field', {}, { requiresPermission: { permission: 'can_edit', object: 'a:b' } }],
    ['Code', 'a type', { requiresPermission: [{ permission: 'can_edit', object: 'a:b' }] }, {}],
    ['Code.x', 'a list', {}, [{ name: 'requiresPermission', args: { permission: 'can_edit' } }]],
  ])('a guard of %s that is only in the extensions of code: %s', (coordinate, _where, onType, onField) => {
    const written = buildSchema(`${requiresPermissionSDL} type Query { f: Int ${at(`${p}, object: "a:b"`)} }`);
    const fields = { x: { type: GraphQLInt, extensions: { directives: onField } } };
    const code = new GraphQLObjectType({ name: 'Code', fields, extensions: { directives: onType } });
    const schema = new GraphQLSchema({ ...written.toConfig(), types: [code] });
    expect(problemsOf(schema)).toEqual([expect.stringMatching(`^${coordinate}: .*extensions`)]);
  });

  const extensions = { directives: { requiresPermission: { permission: 'can_edit', object: 'a:b' } } };
  const one = new GraphQLObjectType({ name: 'One', fields: { x: { type: GraphQLInt } } });
  const x = { type: GraphQLInt, extensions };
  const args = { id: { type: GraphQLInt, extensions } };
  test.each([
    ['Media', new GraphQLInterfaceType({ name: 'Media', fields: { x: { type: GraphQLInt } }, extensions })],
    ['Media.x', new GraphQLInterfaceType({ name: 'Media', fields: { x } })],
    ['Result', new GraphQLUnionType({ name: 'Result', types: [one], extensions })],
    ['Input.x', new GraphQLInputObjectType({ name: 'Input', fields: { x } })],
    ['Sort.UP', new GraphQLEnumType({ name: 'Sort', values: { UP: { extensions } } })],
    ['Code.x(id:)', new GraphQLObjectType({ name: 'Code', fields: { x: { type: GraphQLInt, args } } })],
  ])('a guard in the extensions of %s, where none can be', (coordinate, type) => {
    const written = buildSchema(`${requiresPermissionSDL} type Query { f: Int ${at(`${p}, object: "a:b"`)} }`);
    const problems = problemsOf(new GraphQLSchema({ ...written.toConfig(), types: [type] }));
    expect(problems.map((problem) => problem.split(': @')[0])).toEqual([coordinate]);
  });

  test('guarded twice', () => {
    const schema = subgraph(others + places.field.replace('HERE', at(p)));
    guard(schema, allowOnly([]));
    expect(problemsOf(schema)).toEqual(['The schema is guarded already; call guardSchema once.']);
  });

  test('an option about a type that is none', () => {
    const schema = subgraph(others + places.field.replace('HERE', at(p)));
    expect(problemsOf(schema, { Trakc: 'track' })).toEqual([expect.stringContaining('"Trakc" in the option "types"')]);
  });

  test('an argument that only a definition of its own has', () => {
    const wider = requiresPermissionSDL.replace('object:', 'objekt: String object:');
    const schema = buildSchema(`${wider} type Query { f: Int ${at(`${p}, objekt: "a:b"`)} }`);
    expect(problemsOf(schema)).toEqual([
      '@requiresPermission has no argument "objekt"; it takes permission, object, onDeny (on "Query.f").',
    ]);
  });

  test('a definition that cannot be repeated', () => {
    const once = requiresPermissionSDL.replace(' repeatable', '');
    const schema = buildSchema(`${once} type Query { f: Int ${at(`${p}, object: "a:b"`)} }`);
    expect(problemsOf(schema)).toEqual([expect.stringContaining('is defined without "repeatable"')]);
  });
});

test('a key that has another name here is still a key', () => {
  const typeDefs = parse(`${preamble.replace('"@key"', '{ name: "@key", as: "@joined" }')}
    type Query { t: Track } type Track @joined(fields: "id") ${at(p)} { id: ID! title: String }`);
  const schema = buildSubgraphSchema([{ typeDefs }]);
  guardSchema(schema, { client: allowOnly([]), authorization: () => 'x' });
  const fields = schema.getType('Track');
  expect(
    fields && 'getFields' in fields && Object.values(fields.getFields()).map(({ resolve }) => resolve !== undefined),
  ).toEqual([false, true]);
});

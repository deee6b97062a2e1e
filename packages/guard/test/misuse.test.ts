import { buildSubgraphSchema } from '@apollo/subgraph';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { buildSchema, GraphQLInt, GraphQLObjectType, GraphQLSchema, parse } from 'graphql';
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
  ['query', 'permission: "can edit", object: "a:b"', 'Query.f: @requiresPermission needs a permission'],
  ['query', `${p}, object: "a:b", onDeny: "HIDE"`, 'Query.f: "onDeny" is "HIDE"'],
  ['query', `${p}, object: "track"`, 'Query.f: The object "track" is not of the form'],
  ['query', `${p}, object: "track:{$args.id}x"`, 'Query.f: The object "track:{$args.id}x" is not of the form'],
  ['query', `${p}, object: "track:{$context.id}"`, 'Query.f: The object "track:{$context.id}" uses "$context"'],
  ['query', `${p}, object: "track:${'x'.repeat(257)}"`, 'Query.f: "xxx'],
  [
    'query',
    `${p}, object: "track:{$args.nr}"`,
    'Query.f: "{$args.nr}" points to nothing: the field takes "id", "n", "when".',
  ],
  ['query', `${p}, object: "track:{$args.n.nr}"`, 'Query.f: "{$args.n.nr}" points to nothing: "N" has "id", "kind".'],
  ['query', `${p}, object: "track:{$args.id.x}"`, 'Query.f: "{$args.id.x}" points to nothing: "ID" has no fields.'],
  ['query', `${p}, object: "track:{$args.n}"`, 'Query.f: "{$args.n}" points to "N"; point to an ID, String or Int'],
  ['query', `${p}, object: "track:{$args.when}"`, 'Query.f: "{$args.when}" points to "Boolean"'],
  ['query', `${p}, object: "track:{$args.__proto__}"`, 'Query.f: "{$args.__proto__}" points to nothing'],
  ['query', `${p}, object: "track:{$this.id}"`, 'Query.f: "Query" is no object to ask about; write object:'],
  ['query', p, 'Query.f: "Query" is no object to ask about; write object:'],
  ['mutation', p, 'Mutation.f: "Mutation" is no object to ask about'],
  ['mutation', `${p}, onDeny: "FILTER"`, 'Mutation.f: FILTER would come too late on a field of "Mutation"'],
  ['subscription', `${p}, object: "a:{$this.id}"`, 'Subscription.f: "Subscription" is no object to ask about'],
  ['subscription', `${p}, onDeny: "FILTER"`, 'Subscription.f: FILTER would come too late on a field of "Subscription"'],
  ['field', `${p}, object: "track:{$this.nr}"`, 'Track.f: "{$this.nr}" points to nothing: "Track" has no field "nr".'],
  ['field', `${p}, object: "track:{$this.count}"`, 'Track.f: "{$this.count}" needs the argument "of" of "Track.count"'],
  ['field', `${p}, object: "track:{$this.album}"`, 'Track.f: "{$this.album}" points to "Plain"; point to an ID'],
  ['field', `${p}, object: "track:{$this.size}"`, 'Track.f: "{$this.size}" points to "Float"'],
  ['field', `${p}, object: "track:{$this.media.id}"`, 'Track.f: "{$this.media.id}" goes through "Media"'],
  ['field', `${p}, object: "track:{$this.title.id}"`, 'Track.f: "{$this.title.id}" goes through "String"'],
  [
    'field',
    `${p}, object: "track:{$args.id}"`,
    'Track.f: "{$args.id}" points to nothing: the field takes no arguments.',
  ],
  ['field', `${p}, onDeny: "FILTER"`, 'Track.f: FILTER needs a plain list'],
  ['nonNull', `${p}, onDeny: "NULL"`, 'Track.f: NULL needs a field that can be null, and "f" is "Int!"'],
  ['type', `${p}, onDeny: "NULL"`, 'Track: NULL needs a field that can be null, and "title" is "String!"'],
  ['type', `${p}, onDeny: "FILTER"`, 'Track: FILTER belongs on a field that is a list'],
  ['type', `${p}, object: "track:{$args.id}"`, 'Track: a guard on a type cannot use "$args"'],
  ['plainType', p, 'Plain: "Plain" is no entity with one key of one field; write object: "plain:{$this.…}".'],
  ['queryType', p, 'Query: "Query" is no object to ask about'],
  ['compound', p, 'Compound.f: "Compound" is no entity with one key of one field'],
  ['twoKeys', p, 'Two.f: "Two" is no entity with one key of one field'],
  ['nestedKey', p, 'Deep.f: "Deep" is no entity with one key of one field'],
  ['key', p, 'Keyed.id: a key is how the supergraph joins, so it cannot be guarded'],
  [
    'list',
    `${p}, object: "a:{$this.nr}", onDeny: "FILTER"`,
    'Query.f: "{$this.nr}" points to nothing: "Track" has no field "nr".',
  ],
  ['list', `${p}, object: "a:b", onDeny: "FILTER"`, 'Query.f: FILTER asks about each item'],
  ['plainList', `${p}, onDeny: "FILTER"`, 'Query.f: "Plain" is no entity with one key of one field'],
  ['deepList', `${p}, onDeny: "FILTER"`, 'Query.f: FILTER needs a plain list'],
  ['mediaList', `${p}, onDeny: "FILTER"`, 'Query.f: FILTER needs a plain list'],
  ['connection', `${p}, onDeny: "FILTER"`, 'Query.f: FILTER would make "TrackConnection" lie about its pages'],
  ['edges', `${p}, onDeny: "FILTER"`, 'Page.nodes: FILTER would make "Page" lie about its pages'],
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
  ['queryType', `${p}, object: "platform:main"`],
  ['list', `${p}, onDeny: "FILTER"`],
  ['plainList', `${p}, object: "plain:{$this.name}", onDeny: "FILTER"`],
  ['list', `${p}, object: "platform:main"`],
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
      'Query.f: @requiresPermission has no argument "objekt"; it takes permission, object, onDeny.',
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

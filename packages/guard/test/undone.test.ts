import { createRequire } from 'node:module';
import { addResolversToSchema, makeExecutableSchema } from '@graphql-tools/schema';
import { stitchSchemas } from '@graphql-tools/stitch';
import { getResolversFromSchema, MapperKind, mapSchema, printSchemaWithDirectives } from '@graphql-tools/utils';
import { wrapSchema } from '@graphql-tools/wrap';
import {
  defaultFieldResolver,
  extendSchema,
  type GraphQLFieldResolver,
  GraphQLInputObjectType,
  GraphQLObjectType,
  type GraphQLSchema,
  graphql,
  lexicographicSortSchema,
  parse,
  subscribe,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { assertGuarded } from '../src/index.ts';
import { answerOf, ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const see = (object: string) => `@requiresPermission(permission: "can_see", object: "${object}")`;

const typeDefs = `
type Query {
  tracks: [Track]
  secret(id: ID!): Int ${see('track:{$args.id}')}
  mine: [Track] ${see('track:{$this.id}').replace(')', ', onDeny: "FILTER")')}
  work: Work
  sorted(by: Sort, first: Int = 1 ${see('platform:main')}, filter: Filter): Int
}
enum Sort { TITLE MONEY ${see('platform:main')} }
input Filter { id: ID and: [Filter] secret: Int ${see('track:{$this.id}')} }
type Mutation { rename(id: ID!): Track ${see('track:{$args.id}')} change(id: ID!, filter: Filter): Int track: TrackMutations! }
type TrackMutations { give(id: ID!): Int ${see('track:{$args.id}')} }
type Subscription { plays(id: ID!): Int ${see('track:{$args.id}')} }
type Track @key(fields: "id") { id: ID! label: Label secret: Int ${see('track:{$this.id}')} sleeve: Int ${see('label:{$this.label.id}')} }
type Label { id: ID! }
type Work @key(fields: "id") @requiresPermission(permission: "can_see") { id: ID! title: String }
`;

const item = { id: '1', label: { id: '7' }, secret: 42, sleeve: 42 };
const ran: string[] = [];
const write =
  (name: string) =>
  (_: unknown, { id }: { id: string }) => {
    ran.push(`${name} ${id}`);
    return name === 'rename' ? item : 42;
  };
const resolvers = {
  Query: {
    tracks: () => [item],
    secret: () => 42,
    mine: () => [item],
    work: () => ({ id: '1', title: '42' }),
    sorted: () => 42,
  },
  Mutation: { rename: write('rename'), change: write('change'), track: () => ({}) },
  TrackMutations: { give: write('give') },
  Subscription: {
    plays: {
      subscribe: async function* () {
        yield 42;
      },
      resolve: (event: number) => event,
    },
  },
};

// Their modules of the other kind import what Node no longer has.
const require = createRequire(import.meta.url);
const { applyMiddleware } = require('graphql-middleware') as typeof import('graphql-middleware');
const { allow, shield } = require('graphql-shield') as typeof import('graphql-shield');

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Change = (schema: GraphQLSchema) => GraphQLSchema;

const plain = new Map<string, unknown>(
  Object.entries(resolvers).flatMap(([type, fields]) =>
    Object.entries(fields).map(([field, resolve]): [string, unknown] => [`${type}.${field}`, resolve]),
  ),
);

/** What a field would be resolved with, had nobody guarded it. */
function own(type: string, field: string): Resolver {
  const resolve = plain.get(`${type}.${field}`);
  return typeof resolve === 'function' ? (resolve as Resolver) : defaultFieldResolver;
}

function fieldsIn(schema: GraphQLSchema) {
  const types = Object.values(schema.getTypeMap()).filter((type) => type instanceof GraphQLObjectType);
  const open = types.filter(({ name }) => !name.startsWith('_') && name !== 'Subscription');
  return open.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
}

const inPlace =
  (change: (place: ReturnType<typeof fieldsIn>[number]) => void): Change =>
  (schema) => {
    for (const place of fieldsIn(schema)) if (!place.field.name.startsWith('_')) change(place);
    return schema;
  };

const mapped =
  (resolve: (type: string, field: string, before: Resolver) => Resolver): Change =>
  (schema) =>
    mapSchema(schema, {
      [MapperKind.OBJECT_FIELD]: (config, field, type) =>
        type === 'Subscription' || field.startsWith('_')
          ? config
          : { ...config, resolve: resolve(type, field, config.resolve ?? defaultFieldResolver) },
    });

/** Everything that is known to change a schema after it is built. */
const changes: Readonly<Record<string, Change>> = {
  'nobody changes it': (schema) => schema,
  'resolvers are replaced': inPlace(({ type, field }) => {
    field.resolve = own(type.name, field.name);
  }),
  'resolvers are wrapped': inPlace(({ field }) => {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (...call) => resolve(...call);
  }),
  'resolvers are taken away': inPlace(({ type, field }) => {
    if (own(type.name, field.name) === defaultFieldResolver) Object.assign(field, { resolve: undefined });
  }),
  'fields are replaced': inPlace(({ type, field }) => {
    type.getFields()[field.name] = { ...field, resolve: own(type.name, field.name) } as never;
  }),
  'mapSchema copies': (schema) => mapSchema(schema, {}),
  'mapSchema replaces what is guarded': mapped((type, field, before) =>
    field === 'tracks' || field === 'work' ? before : own(type, field),
  ),
  'mapSchema replaces everything': mapped(own),
  'mapSchema wraps everything': mapped(
    (_type, _field, before = defaultFieldResolver) =>
      (...call) =>
        before(...call),
  ),
  'mapSchema renames fields': (schema) =>
    mapSchema(schema, { [MapperKind.OBJECT_FIELD]: (config, field) => [field, { ...config }] }),
  'a copy is changed in place': (schema) => changes['resolvers are replaced']?.(mapSchema(schema, {})) ?? schema,
  'a copy is copied': (schema) => mapped(own)(lexicographicSortSchema(schema)),
  'resolvers are added': (schema) => addResolversToSchema({ schema, resolvers }),
  'resolvers are added in place': (schema) => addResolversToSchema({ schema, resolvers, updateResolversInPlace: true }),
  'a middleware is applied': (schema) => applyMiddleware(schema, (resolve, ...call) => resolve(...call)),
  'a shield is applied': (schema) => applyMiddleware(schema, shield({}, { fallbackRule: allow })),
  'it is sorted': (schema) => lexicographicSortSchema(schema),
  'it is extended': (schema) => extendSchema(schema, parse('extend type Query { more: Int }')),
  'it is wrapped': (schema) => wrapSchema({ schema }),
  'it is stitched': (schema) => stitchSchemas({ subschemas: [{ schema }] }),
  'it is built again': (schema) =>
    makeExecutableSchema({ typeDefs: printSchemaWithDirectives(schema), resolvers: getResolversFromSchema(schema) }),
};

const sources = [
  '{ tracks { secret } }',
  '{ tracks { sleeve } }',
  '{ secret(id: 1) }',
  '{ a: secret(id: 1) tracks { id } }',
  '{ mine { secret } }',
  '{ work { title } }',
  'mutation { rename(id: 1) { secret } }',
  'mutation { track { give(id: 1) } }',
  '{ sorted(by: MONEY) }',
  '{ sorted(first: 2) }',
  '{ sorted(filter: { and: { id: 1, secret: 7 } }) }',
  'mutation { change(id: 1, filter: { id: 1, secret: null }) }',
];

const annOnly = () => recordingClient((_check, token) => token === 'Bearer ann');

describe.each(Object.entries(changes))('when %s', (_name, change) => {
  test.each(sources)('%s', async (source) => {
    const schema = change(guard(subgraph(typeDefs, resolvers as never), annOnly()));
    for (const name of ['bob', 'ann', 'bob']) {
      ran.length = 0;
      const { data } = await ask(schema, source, { context: { token: `Bearer ${name}` } });
      const isAnn = name === 'ann';
      expect([name, JSON.stringify(data).includes('42')]).toEqual([name, isAnn]);
      expect(ran.length).toBe(isAnn && source.startsWith('mutation') ? 1 : 0);
    }
  });
});

test.each([
  [
    'an argument has another name',
    '{ sorted(many: 2) }',
    {
      [MapperKind.OBJECT_FIELD]: ({ args, ...config }: { args: Record<string, object> }, name: string) =>
        name === 'sorted' ? { ...config, args: { many: args.first } } : { ...config, args },
    },
  ],
  [
    'a field of an input has another name',
    '{ sorted(filter: { id: 1, hidden: 7 }) }',
    { [MapperKind.INPUT_OBJECT_FIELD]: renamed('secret', 'hidden') },
  ],
  [
    'an input has another name',
    'query ($f: Other) { sorted(filter: $f) }',
    {
      [MapperKind.INPUT_OBJECT_TYPE]: (type: GraphQLInputObjectType) =>
        new GraphQLInputObjectType({ ...type.toConfig(), name: 'Other' }),
    },
  ],
])('in a copy where %s, it has its guard', async (_what, source, mapper) => {
  const schema = mapSchema(guard(subgraph(typeDefs, resolvers as never), annOnly()), mapper as never);
  const variables = { f: { and: [{ id: 1, secret: 7 }] } };
  for (const [name, sorted] of Object.entries({ bob: null, ann: 42 })) {
    expect((await ask(schema, source, { variables, context: { token: `Bearer ${name}` } })).data).toEqual({ sorted });
  }
});

function renamed(name: string, other: string) {
  return (config: object, ...names: readonly unknown[]) => (names.includes(name) ? [other, config] : undefined);
}

test.each([
  [
    'an input is extended by a guarded field',
    'extend input Filter { more: Int GUARD }',
    '{ sorted(filter: { more: 1 }) }',
  ],
  ['an enum is extended by a guarded value', 'extend enum Sort { MORE GUARD }', '{ sorted(by: MORE) }'],
  ['a field is added that takes one', 'extend type Query { other(by: Sort): Int }', '{ sorted: other(by: MONEY) }'],
])('in a copy where %s, it has its guard', async (_what, text, source) => {
  const guarded = guard(subgraph(typeDefs, resolvers as never), annOnly());
  const schema = extendSchema(guarded, parse(text.replace('GUARD', see('platform:main'))));
  expect((await ask(schema, source, { context: { token: 'Bearer bob' } })).errors).toEqual(['FORBIDDEN sorted']);
  expect((await ask(schema, source, { context: { token: 'Bearer ann' } })).errors).toEqual([]);
});

describe('a subscription', () => {
  const replaced: Readonly<Record<string, Change>> = {
    'whose source is replaced': (schema) => {
      const field = schema.getSubscriptionType()?.getFields().plays;
      if (field) Object.assign(field, { subscribe: resolvers.Subscription.plays.subscribe });
      return schema;
    },
    'whose field is replaced, as Mercurius does': (schema) => {
      const fields = schema.getSubscriptionType()?.getFields() ?? {};
      if (fields.plays) fields.plays = { ...fields.plays, ...resolvers.Subscription.plays } as never;
      return schema;
    },
    'of a copy with other resolvers': (schema) => addResolversToSchema({ schema, resolvers }),
    'whose source is wrapped': (schema) => {
      const field = schema.getSubscriptionType()?.getFields().plays;
      const before = field?.subscribe;
      if (field && before) field.subscribe = (...call) => before(...call);
      return schema;
    },
  };

  test.each(Object.entries(replaced))('%s', async (_name, change) => {
    const schema = change(guard(subgraph(typeDefs, resolvers as never), annOnly()));
    const document = parse('subscription { plays(id: 1) }');
    const denied = await subscribe({ schema, document, contextValue: { token: 'Bearer bob' } });
    expect(denied).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const stream = await subscribe({ schema, document, contextValue: { token: 'Bearer ann' } });
    if (!(Symbol.asyncIterator in stream)) throw new Error('There is no stream.');
    const events = [];
    for await (const event of stream) events.push(answerOf(event));
    expect(events).toEqual([{ data: { plays: 42 }, errors: [] }]);
  });
});

test('a resolver that keeps an answer for the next caller is asked about for each', async () => {
  const schema = guard(subgraph(typeDefs, resolvers as never), annOnly());
  const field = schema.getQueryType()?.getFields().secret;
  const before = field?.resolve;
  let kept: unknown;
  if (field && before) field.resolve = (...call) => (kept ??= before(...call));
  for (const [token, secret] of [
    ['ann', 42],
    ['bob', null],
    ['ann', 42],
  ] as const) {
    expect((await ask(schema, '{ secret(id: 1) }', { context: { token: `Bearer ${token}` } })).data).toEqual({
      secret,
    });
  }
});

test('a resolver that passes on other arguments is judged by them', async () => {
  const client = recordingClient((check) => check === 'track:1#can_see');
  const schema = guard(subgraph(typeDefs, resolvers as never), client);
  const field = schema.getQueryType()?.getFields().secret;
  const before = field?.resolve;
  const decode = (id: string) => id.replace('global-', '');
  if (field && before) field.resolve = (source, { id }, ...rest) => before(source, { id: decode(id) }, ...rest);
  expect(await ask(schema, '{ a: secret(id: "global-1") b: secret(id: "global-2") }')).toEqual({
    data: { a: 42, b: null },
    errors: ['FORBIDDEN b'],
  });
});

test('the guard of another field is not that of this one', async () => {
  const schema = guard(
    subgraph(typeDefs, resolvers as never),
    recordingClient((check) => check === 'label:7#can_see'),
  );
  const fields = (schema.getType('Track') as GraphQLObjectType).getFields();
  if (fields.secret && fields.sleeve?.resolve) fields.secret.resolve = fields.sleeve.resolve;
  expect(await ask(schema, '{ tracks { secret sleeve } }')).toMatchObject({ errors: ['FORBIDDEN tracks.0.secret'] });
});

test('nobody takes a guarded resolver away, or defines it anew', () => {
  const schema = guard(subgraph(typeDefs, resolvers as never), annOnly());
  const field = schema.getQueryType()?.getFields().secret;
  expect(() => Object.defineProperty(field, 'resolve', { value: () => 42 })).toThrow(TypeError);
  expect(() => Reflect.deleteProperty(field ?? {}, 'resolve')).not.toThrow();
  expect(field?.resolve).toBeTypeOf('function');
});

test('$this reads what a loader puts in later', async () => {
  const client = recordingClient((check) => check === 'label:8#can_see');
  const schema = guard(subgraph(typeDefs, resolvers as never), client);
  const { label } = (schema.getType('Track') as GraphQLObjectType).getFields();
  if (label) label.resolve = async () => ({ id: '8' });
  expect((await ask(schema, '{ tracks { sleeve } }')).data).toEqual({ tracks: [{ sleeve: 42 }] });
});

describe('assertGuarded', () => {
  const guarded = () => guard(subgraph(typeDefs, resolvers as never), annOnly());

  test.each([
    'nobody changes it',
    'resolvers are replaced',
    'resolvers are added',
    'it is sorted',
    'it is built again',
  ])('is content when %s', (name) => {
    const schema = changes[name]?.(guarded()) ?? guarded();
    expect(assertGuarded(schema)).toBe(schema);
  });

  test('names the fields that nobody guards', () => {
    expect(() => assertGuarded(subgraph(typeDefs, resolvers as never))).toThrow(
      /"Query\.secret", "Query\.mine", "Mutation\.rename", .*"Work\.title", .*"Query\.sorted", .*"Mutation\.change" would be resolved without the guards; call guardSchema/,
    );
  });

  test('says what a schema that passes operations on is', () => {
    expect(() => assertGuarded(wrapSchema({ schema: guarded() }))).toThrow(/would be resolved without the guards/);
  });

  test('does not take a schema without directives for a guarded one', async () => {
    expect(() => assertGuarded(makeExecutableSchema({ typeDefs: 'type Query { a: Int }' }))).toThrow(
      /No field of the schema has @requiresPermission/,
    );
    expect((await graphql({ schema: guarded(), source: '{ secret(id: 1) }' })).data).toEqual({ secret: null });
  });
});

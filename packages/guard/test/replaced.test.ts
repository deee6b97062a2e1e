import { addResolversToSchema } from '@graphql-tools/schema';
import { extendSchema, type GraphQLFieldResolver, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { assertGuarded } from '../src/index.ts';
import { allowOnly } from '../src/testing.ts';
import { ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const see = (object: string, more = '') => `@requiresPermission(permission: "can_see", object: "${object}"${more})`;
const typeDefs = `
input Named { id: ID other: ID ids: [ID] inner: Named }
type Query {
  secret: Int ${see('show:1')}
  quiet: Int ${see('show:1', ', onDeny: "NULL"')}
  byId(id: ID): String ${see('show:{$args.id}')}
  byInput(input: Named): String ${see('show:{$args.input.id}')}
  byList(input: Named): String ${see('show:{$args.input.inner.ids}')}
  change(input: Named): Int
  work: Work
}
type Work @key(fields: "id") @requiresPermission(permission: "can_see") { id: ID! title: Int }
`;

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function replace(schema: GraphQLSchema, name: string, around: (before: Resolver) => Resolver): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()[name];
  if (field) field.resolve = around(field.resolve as Resolver);
  return schema;
}

describe('what a resolver in place of a guarded one tells to those who may not know', () => {
  const fails: Resolver = () => {
    throw new Error('There is no secret yet.');
  };
  const rows: Readonly<Record<string, readonly [string, (before: Resolver) => Resolver, string[], string[]]>> = {
    'that there is nothing': ['secret', () => () => null, ['FORBIDDEN secret'], []],
    'that there is nothing, quietly': ['quiet', () => () => null, [], []],
    'how it fails': ['secret', () => fails, ['FORBIDDEN secret'], ['There is no secret yet. secret']],
    'how it fails, quietly': ['quiet', () => fails, [], ['There is no secret yet. quiet']],
    'a refusal in its own words': [
      'secret',
      (before) =>
        async (...call) => {
          try {
            return await before(...call);
          } catch {
            throw new Error('No.');
          }
        },
      ['No. secret'],
      [],
    ],
  };
  test.each(Object.entries(rows))('%s', async (_name, [field, around, denied, allowed]) => {
    const open = (client: Parameters<typeof guard>[1]) => replace(guard(subgraph(typeDefs, {}), client), field, around);
    expect(await ask(open(allowOnly([])), `{ ${field} }`)).toEqual({ data: { [field]: null }, errors: denied });
    expect((await ask(open(allowOnly(['show:1#can_see'])), `{ ${field} }`)).errors).toEqual(allowed);
  });
});

describe('arguments that change', () => {
  const client = () => recordingClient((check) => check === 'show:mine#can_see');

  test('in the resolver that took the place of a guarded one', async () => {
    const schema = replace(guard(subgraph(typeDefs, {}), client()), 'byId', () => (_source, args) => {
      args.id = 'mine';
      return 'theirs';
    });
    expect(await ask(schema, '{ byId(id: "theirs") }')).toEqual({ data: { byId: null }, errors: ['FORBIDDEN byId'] });
  });

  test.each([
    ['byInput', { id: 'mine', other: 'theirs' }],
    ['byList', { other: 'theirs', inner: { ids: ['mine'] } }],
  ])('in another field that has the same variable: %s', async (field, input) => {
    const read = (_source: unknown, args: { input: { id?: string; inner?: { ids: string[] } } }) =>
      `what is ${args.input.id ?? args.input.inner?.ids.join()}`;
    const change = (_source: unknown, args: { input: { id?: string; other: string; inner?: { ids: string[] } } }) => {
      args.input.id = args.input.other;
      if (args.input.inner) args.input.inner.ids[0] = args.input.other;
    };
    const resolvers = { Query: { byInput: read, byList: read, change } };
    const schema = guard(subgraph(typeDefs, resolvers as never), client());
    const source = `query ($input: Named) { ${field}(input: $input) change(input: $input) }`;
    const { data } = await ask(schema, source, { variables: { input } });
    expect(data).toMatchObject({ [field]: 'what is mine' });
  });
});

describe('fields that come later', () => {
  const later = parse(
    `extend type Work { note: Int } extend type Query { more(id: ID!): Int ${see('show:{$args.id}')} }`,
  );
  const resolvers = { Work: { note: () => 42 }, Query: { more: () => 42, work: () => ({ id: '1' }) } };

  test('have the guards of their type, and their own', async () => {
    const client = recordingClient((_check, token) => token === 'Bearer ann');
    const schema = addResolversToSchema({
      schema: extendSchema(guard(subgraph(typeDefs), client), later),
      resolvers,
    });
    expect(assertGuarded(schema)).toBe(schema);
    const source = '{ work { note } more(id: 1) }';
    const denied = await ask(schema, source, { context: { token: 'Bearer bob' } });
    expect(denied).toEqual({
      data: { work: { note: null }, more: null },
      errors: ['FORBIDDEN work.note', 'FORBIDDEN more'],
    });
    expect(await ask(schema, source)).toEqual({ data: { work: { note: 42 }, more: 42 }, errors: [] });
    expect(client.calls.map(({ checks }) => checks.toSorted())).toEqual([
      ['show:1#can_see', 'work:1#can_see'],
      ['show:1#can_see', 'work:1#can_see'],
    ]);
  });

  test('are a mistake at the first use, where their guards are one', () => {
    const wrong = parse(`extend type Query { more: Int ${see('show:{$args.id}')} }`);
    const schema = extendSchema(guard(subgraph(typeDefs), allowOnly([])), wrong);
    for (let uses = 0; uses < 2; uses += 1)
      expect(() => schema.getQueryType()).toThrow(/points to "id", which does not exist/);
  });

  test('do not take the place of guarded ones that are taken away', async () => {
    const schema = guard(subgraph(typeDefs), allowOnly([]));
    const fields = schema.getQueryType()?.getFields() ?? {};
    const { secret } = fields;
    expect(Reflect.deleteProperty(fields, 'secret')).toBe(false);
    expect(Reflect.defineProperty(fields, 'secret', { value: { ...secret, resolve: () => 42 } })).toBe(false);
    fields.secret = { ...secret, resolve: () => 42 } as never;
    expect((await ask(schema, '{ secret }')).errors).toEqual(['FORBIDDEN secret']);
  });
});

import {
  buildSchema,
  type FieldDefinitionNode,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { requiresPermissionSDL } from '../src/index.ts';
import { allowOnly } from '../src/testing.ts';
import { ask, guard } from './support/guarded-subgraph.ts';
import { problemsOf } from './support/problems-of.ts';

const { directives, ...standard } = buildSchema(`${requiresPermissionSDL} type Query { a: Int }`).toConfig();

/** As NestJS and TypeGraphQL make them: only its name and its directives are true. */
function fieldNode(name: string, guards: string): FieldDefinitionNode {
  const [type] = parse(`type T { ${name}: Wrong ${guards} }`).definitions;
  const [field] = (type as ObjectTypeDefinitionNode).fields ?? [];
  if (field === undefined) throw new Error('There is no field.');
  return field;
}

/** Their nodes of types have no fields; other builders have no nodes of types. */
function typeNode(name: string): ObjectTypeDefinitionNode {
  return parse(`type ${name}`).definitions[0] as ObjectTypeDefinitionNode;
}

const see = (object: string) => `@requiresPermission(permission: "can_see", object: "${object}")`;

function build(hasTypeNodes: boolean, guardOfFind = see('track:{$args.input.id}')): GraphQLSchema {
  const node = (name: string) => ({ astNode: hasTypeNodes ? typeNode(name) : null });
  const input = new GraphQLInputObjectType({
    name: 'FindInput',
    fields: { id: { type: new GraphQLNonNull(GraphQLID) } },
  });
  const track = new GraphQLObjectType({
    name: 'Track',
    ...node('Track'),
    fields: {
      id: { type: GraphQLID },
      secret: { type: GraphQLInt, astNode: fieldNode('secret', see('track:{$this.id}')) },
    },
  });
  const query = new GraphQLObjectType({
    name: 'Query',
    ...node('Query'),
    fields: {
      track: { type: track, astNode: fieldNode('track', ''), resolve: () => ({ id: '1', secret: 42 }) },
      find: {
        type: GraphQLInt,
        args: { input: { type: input } },
        astNode: fieldNode('find', guardOfFind),
        resolve: () => 42,
      },
    },
  });
  return new GraphQLSchema({ query, directives: standard.types.length > 0 ? directives : [] });
}

/** The guards are on nodes of arguments, input fields and values, and on no node of a type. */
function buildGiven(hasFieldNodes: boolean): GraphQLSchema {
  const directivesIn = (text: string) => {
    const [type] = parse(`type T { f(x: Int ${text}): Int }`).definitions;
    const node = (type as ObjectTypeDefinitionNode).fields?.[0]?.arguments?.[0];
    if (node === undefined) throw new Error('There is no argument.');
    return node;
  };
  const ownValue = { kind: Kind.ENUM_VALUE_DEFINITION, name: { kind: Kind.NAME, value: 'DOWN' } } as const;
  const by = new GraphQLEnumType({
    name: 'By',
    values: {
      UP: {},
      DOWN: { astNode: { ...ownValue, directives: directivesIn(see('platform:main')).directives ?? [] } },
    },
  });
  const filter: GraphQLInputObjectType = new GraphQLInputObjectType({
    name: 'Filter',
    fields: () => ({
      id: { type: GraphQLID },
      in: { type: filter },
      own: { type: GraphQLInt, astNode: directivesIn(see('track:{$this.id}')) },
    }),
  });
  const find = {
    type: GraphQLInt,
    args: {
      by: { type: by },
      filter: { type: filter },
      first: { type: GraphQLInt, defaultValue: 1, astNode: directivesIn(see('platform:main')) },
    },
    ...(hasFieldNodes && { astNode: fieldNode('find', '') }),
    resolve: () => 42,
  };
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { find } }), directives });
}

test.each([true, false])(
  'what is given is guarded by nodes of its own; each field has one: %s',
  async (hasFieldNodes) => {
    const source =
      '{ a: find(by: UP, filter: { id: 1 }) b: find(by: DOWN) c: find(filter: { in: { id: 1, own: 1 } }) d: find(first: 2) e: find(first: 1) }';
    const { data } = await ask(guard(buildGiven(hasFieldNodes), allowOnly([])), source);
    expect(data).toEqual({ a: 42, b: null, c: null, d: null, e: 42 });
  },
);

describe.each([true, false])('a schema of code with a node for each field, and for each type: %s', (hasTypeNodes) => {
  test('is guarded by them', async () => {
    const source = '{ track { secret } a: find(input: { id: 1 }) b: find(input: { id: 2 }) }';
    const client = allowOnly(['track:2#can_see']);
    expect(await ask(guard(build(hasTypeNodes), client), source)).toEqual({
      data: { track: { secret: null }, a: null, b: 42 },
      errors: ['FORBIDDEN track.secret', 'FORBIDDEN a'],
    });
  });

  test('tells mistakes in them', () => {
    expect(problemsOf(build(hasTypeNodes, see('track:{$args.input.uid}')))).toEqual([
      expect.stringContaining('on "Query.find" points to "uid", which does not exist. There is "id".'),
    ]);
  });
});

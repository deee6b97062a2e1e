import {
  buildSchema,
  type FieldDefinitionNode,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
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

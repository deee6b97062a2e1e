import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { type ExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import { guardSchema, linkSDL, type PosternClient, requiresPermissionSDL } from '../../src/index.ts';

export interface Context {
  readonly token?: string;
}

const federation = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective", "@external", "@requires"])
`;

/** Everything that a subgraph writes before its own types. */
export const preamble = `${federation}${linkSDL}${requiresPermissionSDL}`;

export function subgraph(typeDefs: string, resolvers: GraphQLResolverMap<unknown> = {}): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs: parse(preamble + typeDefs), resolvers }]);
}

export function guard(schema: GraphQLSchema, client: PosternClient, types?: Record<string, string>): GraphQLSchema {
  return guardSchema<Context>(schema, {
    client,
    authorization: ({ token }) => token,
    ...(types !== undefined && { types }),
  });
}

export interface Answer {
  readonly data: unknown;
  /** `FORBIDDEN tracks.0.royalties` */
  readonly errors: readonly string[];
}

/** What a signed-in caller is answered. */
export async function ask(
  schema: GraphQLSchema,
  source: string,
  options: { readonly variables?: Record<string, unknown>; readonly context?: Context } = {},
): Promise<Answer> {
  const { variables, context = { token: 'Bearer ann' } } = options;
  return answerOf(
    await graphql({ schema, source, contextValue: context, ...(variables && { variableValues: variables }) }),
  );
}

export function answerOf({ data, errors = [] }: ExecutionResult): Answer {
  return {
    // Plain objects, as a client gets them.
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ message, path, extensions }) => [extensions?.code ?? message, path?.join('.')].join(' ')),
  };
}

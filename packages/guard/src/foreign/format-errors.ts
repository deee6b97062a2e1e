import type { GraphQLError, GraphQLFormattedError, GraphQLResolveInfo } from 'graphql';
import type { Path } from './kept-fetch.ts';
import { SubgraphFailure } from './subgraph-failures.ts';

/** An error as an answer has it; one place can have several errors of a subgraph below it. */
export function formatError(error: GraphQLError): readonly GraphQLFormattedError[] {
  const { path = [], originalError } = error;
  if (!(originalError instanceof SubgraphFailure)) {
    const { message, extensions } = error.toJSON();
    return [{ message, path, ...(extensions && { extensions }) }];
  }
  return originalError.parts.map(({ rest, message, extensions }) => ({
    message,
    path: [...path, ...rest],
    ...(extensions && { extensions }),
  }));
}

export function pathOf(path: GraphQLResolveInfo['path'] | undefined): Path {
  return path === undefined ? [] : [...pathOf(path.prev), path.key];
}

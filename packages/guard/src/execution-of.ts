import type { FieldCall } from './pointer.ts';

/**
 * Every execution has an object of its own for its variables, whatever its server does with the context; so two users who share
 * a context share no answer. An executor that has none loses batching, and nothing else.
 */
export function executionOf({ info }: FieldCall): object {
  const variables: unknown = info.variableValues;
  return typeof variables === 'object' && variables !== null ? variables : info;
}

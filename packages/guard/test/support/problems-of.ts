import type { GraphQLSchema } from 'graphql';
import { allowOnly } from '../../src/testing.ts';
import { guard } from './guarded-subgraph.ts';

/** The sentences that guarding a schema fails with. */
export function problemsOf(schema: GraphQLSchema, types?: Record<string, string>): readonly string[] {
  try {
    guard(schema, allowOnly([]), types);
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
      .split('\n- ')
      .slice(1);
  }
}

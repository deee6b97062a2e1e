import { expect } from 'vitest';
import { allowOnly } from '../../src/testing.ts';
import { catalog } from './catalog.ts';
import { ask, guard } from './guarded-subgraph.ts';

/** A query on the catalog, and what comes of it. */
export interface Row {
  readonly query: string;
  readonly allow?: readonly string[];
  readonly variables?: Record<string, unknown>;
  readonly data: unknown;
  readonly errors?: readonly string[];
  /** What Postern is asked, call by call. */
  readonly asked?: readonly (readonly string[])[];
}

export async function expectRow({ query, allow = [], variables, data, errors = [], asked }: Row): Promise<void> {
  const client = allowOnly(allow);
  const answer = await ask(guard(catalog(), client), query, variables && { variables });
  if (data !== null) expect(answer.data).toEqual(data);
  expect(answer.errors).toEqual(errors);
  if (asked !== undefined) expect(client.asked).toEqual(asked);
}

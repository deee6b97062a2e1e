import type {
  AccessRelationshipInput,
  ChangedFragment,
  ChangeFragment,
  SimulationFragment,
} from './__generated__/operations.ts';
import { SimulateChangeDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';

/** A relationship as a change would write or delete it. */
export type Changed = ChangedFragment;
/** What would be there, and what would not. */
export type AccessChange = ChangeFragment;
export type Simulation = SimulationFragment;

/** A change as it is sent. */
export interface ChangeInput {
  readonly writes: readonly AccessRelationshipInput[];
  readonly deletes: readonly AccessRelationshipInput[];
}

export function changeInput({ writes, deletes }: AccessChange): ChangeInput {
  return { writes: writes.map(written), deletes: deletes.map(named) };
}

function named({ object, relation, subject }: Changed): AccessRelationshipInput {
  return { object, relation, subject };
}

function written(one: Changed): AccessRelationshipInput {
  const { condition, startsAt, expiresAt } = one;
  const context = condition?.context ?? null;
  return {
    ...named(one),
    ...(condition !== null && { condition: { name: condition.name, ...(context !== null && { context }) } }),
    ...(startsAt !== null && { startsAt }),
    ...(expiresAt !== null && { expiresAt }),
  };
}

/** What a change would mean, on its objects and within one more. */
export async function simulate(change: ChangeInput, within: string | undefined): Promise<Simulation> {
  return (await ask(SimulateChangeDocument, { input: { ...change, within } })).simulateChange;
}

import { ProposeChangeDocument, type ProposeChangeMutation } from './__generated__/operations.ts';
import { type ChangeInput, type Simulation, simulate } from './access-change.ts';
import { ask } from './ask.ts';
import type { Write } from './writes.ts';

/** What somebody else is to make. */
export interface Proposing extends ChangeInput {
  readonly evidence: readonly string[];
}

/** What was proposed; tried, what it would mean, where whoever proposes may be told that. */
export type ProposeAnswer = ProposeChangeMutation['proposeChange'] & { readonly simulation: Simulation | null };

interface ProposeOptions {
  /** Whether the caller may ask what it would mean: to be refused would be recorded. */
  readonly maySimulate: boolean;
  /** Where it is looked for as well. */
  readonly within?: string | undefined;
}

/** A proposal gives nothing and so needs no try; what is tried is the change that it is about. */
export function proposeChange({ maySimulate, within }: ProposeOptions): Write<Proposing, ProposeAnswer> {
  return {
    name: 'proposeChange',
    send: async ({ writes, deletes, evidence, dryRun, reason = '', idempotencyKey }) => {
      if (dryRun === true) {
        const simulation = maySimulate ? await simulate({ writes, deletes }, within) : null;
        return { proposal: null, consistencyToken: null, userErrors: [], simulation };
      }
      const input = { writes, deletes, evidence, reason, idempotencyKey };
      return { ...(await ask(ProposeChangeDocument, { input })).proposeChange, simulation: null };
    },
  };
}

import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { withdrawProposal as withdraw } from '../../operations/proposals/end-proposal.ts';
import { sentIdempotencyKey, sentProposalId, sentReason } from '../sent-proposal.ts';
import { saySummary, tellSummary, toldSummary } from '../told/proposal.ts';
import { defineTool, proposing } from '../tool.ts';

/** Takes a proposal back. */
export const withdrawProposal = defineTool({
  name: 'withdraw_proposal',
  title: 'Withdraw a proposal',
  description:
    "Takes back an open proposal that you have made, for good: nobody can approve it any more. It changes nobody's access. Others' proposals are for people to decide on.",
  needs: 'propose',
  // It ends what was open; a second time, nothing is left to end.
  hints: { ...proposing, destructiveHint: true, idempotentHint: true },
  input: z.strictObject({
    id: sentProposalId,
    reason: sentReason.optional().describe('Why; people read it.'),
    idempotencyKey: sentIdempotencyKey,
  }),
  output: z.strictObject({ proposal: toldSummary }),
  work: 'writes',
  points: () => 100,
  run: async ({ postern, actor, consoleUrl }, { id, reason, idempotencyKey: key }) => {
    const request = { operation: 'withdraw_proposal', input: { id, reason } };
    const idempotency = key === undefined ? undefined : { key, request };
    const ended = await withdraw(postern, actor, { id, reason, idempotency });
    if (!ended.ok) return ended;
    const proposal = tellSummary(ended.value.outcome, consoleUrl);
    return ok({ says: saySummary(proposal), data: { proposal } });
  },
});

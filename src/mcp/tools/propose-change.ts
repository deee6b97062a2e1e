import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { limits } from '../../model/limits.ts';
import type { ModelSource } from '../../model/model-source.ts';
import { proposeChange as propose } from '../../operations/proposals/propose-change.ts';
import type { ProposeChangeInput } from '../../operations/proposals/propose-change-input.ts';
import { simulateProposal } from '../../operations/proposals/simulate-proposal.ts';
import { recordOf } from '../../operations/relationship-record.ts';
import { say, sayAll } from '../prose.ts';
import { sentInstant } from '../sent-instant.ts';
import { sentModel } from '../sent-model.ts';
import { sentIdempotencyKey, sentReason } from '../sent-proposal.ts';
import { sentRelationship } from '../sent-relationship.ts';
import { saySummary, tellSummary, toldSummary } from '../told/proposal.ts';
import { sayMeaning, tellMeaning, toldMeaning } from '../told/proposed-meaning.ts';
import { defineTool, proposing } from '../tool.ts';

const { proposedChanges, preconditions, evidence } = limits;

/** Keeps a change for somebody else to decide on. */
export const proposeChange = defineTool({
  name: 'propose_change',
  title: 'Propose a change',
  description:
    'Keeps a change of relationships, or a model, for people to decide on. It gives nobody anything: somebody else with the right to make the change reads it at the console, and approves it or not. Nothing here approves it. For whoever may see who has access to the objects; for oneself, a permission on the object is enough.',
  needs: 'propose',
  hints: proposing,
  input: z.strictObject({
    writes: z.array(sentRelationship).max(proposedChanges.most).optional().describe('What would be there.'),
    deletes: z
      .array(sentRelationship)
      .max(proposedChanges.most)
      .optional()
      .describe(`What would not be there. With the writes, at most ${proposedChanges.most}.`),
    model: sentModel.optional().describe('Instead of both, a model.'),
    preconditions: z
      .array(z.strictObject({ exists: z.boolean(), relationship: sentRelationship }))
      .max(preconditions.most)
      .optional()
      .describe('What has to be there, or not, when it is approved.'),
    reason: sentReason.describe('Why; whoever decides reads it.'),
    evidence: z
      .array(sentReason)
      .max(evidence.most)
      .optional()
      .describe('What it rests on: ids of findings or tickets.'),
    expiresAt: sentInstant
      .optional()
      .describe('Until when it can be decided on: at most 7 days, which it is if left out.'),
    idempotencyKey: sentIdempotencyKey,
  }),
  output: z.strictObject({ proposal: toldSummary, meaning: toldMeaning }),
  work: 'previews',
  points: ({ writes = [], deletes = [], preconditions: all = [] }) =>
    200 + 2 * (writes.length + deletes.length + all.length) + 1300,
  run: async ({ postern, actor, consoleUrl }, { idempotencyKey: key, ...sent }) => {
    const { writes = [], deletes = [], model, reason, evidence: lines = [], expiresAt } = sent;
    const change = {
      writes,
      deletes,
      model,
      preconditions: sent.preconditions ?? [],
      reason,
      evidence: lines,
      expiresAt,
    };
    const idempotency = key === undefined ? undefined : { key, request: requestOf(change) };
    const proposed = await propose(postern, actor, { ...change, idempotency });
    if (!proposed.ok) return proposed;
    const { outcome } = proposed.value;
    const proposal = tellSummary(outcome, consoleUrl);
    const meaning = tellMeaning(await simulateProposal(postern, actor, outcome));
    const nothing = say`Nothing was changed: somebody else has to approve it, at the console.`;
    return ok({ says: sayAll([saySummary(proposal), nothing, sayMeaning(meaning)]), data: { proposal, meaning } });
  },
});

/** The call as JSON: what makes it this one and no other. */
function requestOf(change: Omit<ProposeChangeInput, 'idempotency'>): unknown {
  const { writes, deletes, model, preconditions: conditions, reason, evidence: lines, expiresAt } = change;
  const input = {
    ...{ writes: writes.map(recordOf), deletes: deletes.map(recordOf), reason, evidence: lines },
    model: model === undefined ? null : { ...model, source: jsonOf(model.source) },
    preconditions: conditions.map(({ exists, relationship }) => ({ exists, relationship: recordOf(relationship) })),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
  return { operation: 'propose_change', input };
}

function jsonOf(source: ModelSource): unknown {
  return source.kind === 'dsl' ? { dsl: source.dsl } : { modules: source.modules };
}

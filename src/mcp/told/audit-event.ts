import { z } from 'zod';
import type { AuditedRelationship, AuditState } from '../../operations/audit/audit-state.ts';
import type { AuditedEvent } from '../../operations/audit/audit-view.ts';
import { untrustedText } from '../untrusted-text.ts';
import { fitAll } from './fit.ts';
import { tellCondition, toldCondition } from './relationship.ts';

/** A relationship as the log has it. Of an attempt, the names are whatever somebody has sent. */
const toldAudited = z.strictObject({
  object: z.string(),
  untrustedRelation: z.string(),
  subject: z.string(),
  condition: z
    .strictObject({ untrustedName: z.string(), untrustedContext: toldCondition.shape.untrustedContext })
    .optional(),
  startsAt: z.string().optional(),
  expiresAt: z.string().optional(),
});

const toldState = z.strictObject({
  relationships: z.array(toldAudited),
  models: z.array(z.int()).describe('Numbers of models.'),
  breakGlassReads: z
    .array(z.strictObject({ object: z.string(), untrustedPermission: z.string() }))
    .describe('What was read by break-glass.'),
  untrustedOther: z.array(z.string()).describe('What else was recorded, as JSON, shortened.'),
  leftOut: z
    .int()
    .describe('How many records are not shown here, as there are too many; the whole event is at the console.'),
  hidden: z.int().describe('How many records are about other objects, which are not yours to see.'),
});

/** An event of the audit log. */
export const toldEvent = z.strictObject({
  id: z.int(),
  at: z.string(),
  actor: z.string(),
  untrustedDelegate: z.string().optional().describe('Who acted for the actor, by the token.'),
  action: z.string(),
  outcome: z.enum(['done', 'denied']).describe('"denied": an attempt without the right. Nothing of "after" happened.'),
  model: z.int().optional().describe('The number of the model that decided after it.'),
  before: toldState.describe('What it took away.'),
  after: toldState.describe('What it put there; or, of an attempt, what was wanted.'),
  untrustedReason: z.string().optional(),
  untrustedRequestId: z.string().optional(),
});

export function tellEvent(event: AuditedEvent): z.input<typeof toldEvent> {
  const { id, at, actor, delegate, action, outcome, model, before, after, reason, requestId } = event;
  return {
    ...{ id, at, actor, action, outcome },
    ...(delegate !== undefined && { untrustedDelegate: untrustedText(delegate) }),
    ...(model !== null && { model }),
    ...{ before: tellState(before), after: tellState(after) },
    ...(reason !== undefined && { untrustedReason: untrustedText(reason) }),
    ...(requestId !== undefined && { untrustedRequestId: untrustedText(requestId) }),
  };
}

/** Most that is shown of what an event took away, or put there. */
const mostRelationshipBytes = 10 * 1024;
const mostOtherBytes = 3 * 1024;

function tellState({ relationships, models, reads, other, hidden }: AuditState): z.input<typeof toldState> {
  const written = fitAll(relationships.map(tellAudited), mostRelationshipBytes);
  const numbers = fitAll(models, mostOtherBytes);
  const seen = fitAll(
    reads.map(({ object, permission }) => ({ object, untrustedPermission: untrustedText(permission) })),
    mostOtherBytes,
  );
  const rest = fitAll(
    other.map((record) => untrustedText(JSON.stringify(record))),
    mostOtherBytes,
  );
  return {
    relationships: [...written.shown],
    models: [...numbers.shown],
    breakGlassReads: [...seen.shown],
    untrustedOther: [...rest.shown],
    leftOut: written.leftOut + numbers.leftOut + seen.leftOut + rest.leftOut,
    hidden,
  };
}

function tellAudited({
  object,
  relation,
  subject,
  condition,
  startsAt,
  expiresAt,
}: AuditedRelationship): z.input<typeof toldAudited> {
  return {
    ...{ object, untrustedRelation: untrustedText(relation), subject },
    ...(condition && { condition: tellAuditedCondition(condition) }),
    ...(startsAt !== null && { startsAt }),
    ...(expiresAt !== null && { expiresAt }),
  };
}

function tellAuditedCondition(condition: NonNullable<AuditedRelationship['condition']>) {
  const { name, untrustedContext } = tellCondition(condition);
  return { untrustedName: untrustedText(name), untrustedContext };
}

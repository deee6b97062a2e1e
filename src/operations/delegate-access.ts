import { type Actor, agentOf } from './actor.ts';
import { notByAgent } from './delegate-problems.ts';
import type { AuditAction } from './record-denied.ts';
import { invalid, type Refusal } from './refusal.ts';

/**
 * Whether an agent that acts for somebody may do what the audit log names: with the rights of both, or never. What is never done by
 * one is what nobody could take back, or what would let an agent decide over its own bounds.
 */
export const delegateAccess: Readonly<Record<AuditAction, 'both' | 'never'>> = {
  activateModel: 'never',
  applyProposal: 'never',
  breakGlassRead: 'never',
  extendGrant: 'both',
  grantRole: 'both',
  offboardSubject: 'never',
  proposeChange: 'both',
  publishAndActivateModel: 'never',
  publishModel: 'never',
  readAuditLog: 'both',
  readModel: 'both',
  readRelationships: 'both',
  rejectProposal: 'never',
  removeAuditEvents: 'never',
  removeExpiredRelationships: 'never',
  retireObject: 'never',
  reviewAccess: 'both',
  revokeRole: 'both',
  staleProposal: 'never',
  transferRole: 'both',
  withdrawProposal: 'both',
  writeRelationships: 'both',
};

/** Why this actor may not do it, whatever rights it has; undefined where its rights decide. */
export function refuseDelegate(actor: Actor, action: AuditAction): Refusal | undefined {
  const agent = agentOf(actor);
  if (actor.kind === 'console' || agent === undefined || delegateAccess[action] === 'both') return undefined;
  return invalid('DELEGATE_NOT_ALLOWED', `This is for people alone: ${notByAgent(actor, agent)}`, ['input']);
}

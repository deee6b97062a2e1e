import type { AccessReviewEntry } from '../operations/reviews/review-access.ts';
import { relationshipParentOf } from './access-relationship.ts';

/** An entry of a review as the schema shows it. */
export function accessReviewEntry(entry: AccessReviewEntry) {
  const { object, role, subject, via, grantedAt, grantedBy, startsAt, expiresAt, effect } = entry;
  const conditions = via.flatMap(({ condition }) =>
    condition === undefined ? [] : [{ name: condition.name, context: Object.fromEntries(condition.context) }],
  );
  return {
    object,
    role: role.name,
    subject,
    via: via.map(relationshipParentOf),
    grantedAt,
    grantedBy: grantedBy ?? null,
    startsAt: startsAt ?? null,
    expiresAt: expiresAt ?? null,
    conditions,
    isConditional: conditions.length > 0,
    isEffective: effect.kind === 'effective',
    ineffectiveReason: effect.kind === 'none' ? effect.reason : null,
    error: effect.kind === 'undecided' ? effect.problem : null,
  };
}

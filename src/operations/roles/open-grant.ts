import { failed, ok, type Result } from '../../base/result.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { inputErrorOf, type Refusal } from '../refusal.ts';
import { findStoredSubject } from '../stored-names.ts';
import type { OpenDeciding } from '../writes/run-write.ts';
import { openRoleSnapshot } from './open-role-snapshot.ts';

/** Where in the input the subject of the grant is, and who else is named there. */
export interface GrantInput {
  readonly subjectField: 'subject' | 'from';
  readonly also?: SubjectRef;
}

/**
 * The state on which somebody changes a grant that is there already, if it is theirs to change: see `openRoleSnapshot`. A subject
 * that no model could have written is said to be unknown before it is said to hold nothing.
 */
export async function openGrant(
  postern: Postern,
  open: OpenDeciding,
  audited: AuditedActor,
  { object, relation, subject }: Pick<Relationship, 'object' | 'relation' | 'subject'>,
  { subjectField, also }: GrantInput = { subjectField: 'subject' },
): Promise<Result<DecidingSnapshot, Refusal>> {
  const named = [postern.platform, objectIn(subject), also && objectIn(also)];
  const opened = await openRoleSnapshot(open, audited, object, relation, named);
  if (!opened.ok) return opened;
  const known = findStoredSubject(postern, opened.value, subject);
  if (!known.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, ['input', subjectField])] });
  await noticeUnnamed(postern, opened.value, audited, [object, subject, also]);
  return ok(opened.value);
}

import type { ObjectRef } from '../../model/object-ref.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { AuditOutcome } from '../../store/audit-event.ts';

/** Which events; every field that is given must match. */
export interface AuditQuestion {
  readonly object: ObjectRef | undefined;
  readonly subject: SubjectRef | undefined;
  readonly actor: string | undefined;
  readonly action: string | undefined;
  /** One of these. */
  readonly actions?: readonly string[] | undefined;
  /** Whoever did it, or did it for another, or whom a relationship names. */
  readonly involving?: SubjectRef | undefined;
  readonly outcome: AuditOutcome | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

import { ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { AuditHead } from '../../store/audit-event.ts';
import type { Actor } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';

/** Where the audit log ends: an anchor, for an actor with `can_read_audit_log` on the platform. */
export async function readAuditHead(
  postern: Postern,
  actor: Actor,
  consistency: Consistency | undefined,
): Promise<Result<AuditHead, Refusal>> {
  const { store, platform } = postern;
  const request = {
    what: 'Reading the head of the audit log',
    attempt: { action: 'readAuditLog' as const, wanted: [] },
  };
  const objects = objectsToAuthorize(actor, platform);
  return readAs(postern, actor, request, async (audited) => {
    const entitled = await withFreshSnapshot(
      postern,
      store.reader,
      objects,
      { consistency, history: true },
      (snapshot) => authorizeRead(snapshot, audited, 'can_read_audit_log', platform),
    );
    if (!entitled.ok) return entitled;
    // Asked after the state that says who may: it is no older.
    const { length, hash } = await store.audit.head();
    return ok({ length, hash });
  });
}

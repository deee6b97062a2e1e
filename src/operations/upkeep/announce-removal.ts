import { ok } from '../../base/result.ts';
import { removalAction, removalRecord } from '../../store/audit-removal.ts';
import type { OldEvents, Retention, Upkeep } from '../../store/upkeep.ts';
import { unconstrained } from '../../store/write-constraint.ts';
import { ModelLedger } from '../audit/model-ledger.ts';
import type { Postern } from '../postern.ts';
import { auditRecordOf } from '../record-denied.ts';

/**
 * Says in the audit log which of its oldest events will be removed, before any is: up to which, and the link of the chain that
 * everything after it follows from. Whoever verifies the log holds it against that. False where none are old enough.
 */
export async function announceRemoval(postern: Postern, store: Upkeep, retention: Retention): Promise<boolean> {
  const old = await store.findOldEvents(keptMs(retention));
  if (old === undefined) return false;
  const record = removalRecord({ ...old, ...(await modelsKnownAt(postern, old)) }, old.from);
  const reason = `Audit events are kept for ${retention.auditMs / dayMs} days (POSTERN_KEEP_AUDIT_DAYS).`;
  const who = auditRecordOf({ kind: 'console', command: 'upkeep' }, { action: removalAction, reason });
  await postern.store.writer.write(unconstrained, async ({ audit }) => {
    await audit.record({ ...who, outcome: 'done', before: [record], after: [] });
    return ok(undefined);
  });
  return true;
}

const dayMs = 86_400_000;

/** Changes are as old as the events that made them: events are there for as long as changes are asked for. */
function keptMs({ auditMs, changesMs }: Retention): number {
  return Number.isFinite(changesMs) ? Math.max(auditMs, changesMs) : auditMs;
}

/** What is known of models after these events: what those before them said that are gone already, and these. */
async function modelsKnownAt({ store: { audit } }: Postern, { to }: OldEvents) {
  const { removed, removal } = await audit.head();
  const isCut = removed.event > 0 && removal !== undefined;
  const ledger = isCut ? ModelLedger.after(removal) : new ModelLedger();
  const { steps } = await audit.models(to, Number.MAX_SAFE_INTEGER);
  for (const step of steps) if (!isCut || step.id > removal.to) ledger.see(step);
  return ledger.known;
}

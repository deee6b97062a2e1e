import { ok } from '../src/base/result.ts';
import { formatObjectRef, type ObjectRef } from '../src/model/object-ref.ts';
import type { Postern } from '../src/operations/postern.ts';
import { unconstrained } from '../src/store/write-constraint.ts';

const perWrite = 2000;

/**
 * Appends events to the audit log as operations do, link by link, without the changes that they would record: one in a
 * hundred is about the object, and one in ten of one actor. Only replays would notice; the log is sound.
 */
export async function fillAuditLog(
  { store }: Postern,
  count: number,
  object: ObjectRef,
  onProgress: (sentence: string) => void,
): Promise<void> {
  for (let start = 0; start < count; start += perWrite) {
    const written = await store.writer.write(unconstrained, async ({ audit }) => {
      for (let index = start; index < Math.min(start + perWrite, count); index++) {
        const about = index % 100 === 0 ? formatObjectRef(object) : `artist:audited-${index % 5000}`;
        await audit.record({
          actor: index % 10 === 0 ? 'user:bench-auditee' : `user:admin-${index % 777}`,
          delegate: undefined,
          action: index % 3 === 0 ? 'revokeRole' : 'grantRole',
          outcome: index % 50 === 0 ? 'denied' : 'done',
          before: [],
          after: [{ object: about, relation: 'reader', subject: `user:listener-${index % 9999}` }],
          reason: undefined,
          requestId: `bench-${index}`,
        });
      }
      return ok(undefined);
    });
    if (!written.ok) throw new Error('The audit log could not be filled.');
    if (start % 20_000 === 0) onProgress(`Filling the audit log: ${start} of ${count} events …`);
  }
}

import { ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Consistency } from '../../model/consistency.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Actor } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import { type AuditedEvent, openAuditView, seenBy } from './audit-view.ts';
import { explainNoEvents } from './judge-audit-question.ts';

export interface AuditEventQuestion {
  readonly id: number;
  /** Reads it as somebody who may read about this object. */
  readonly object: ObjectRef | undefined;
  readonly consistency?: Consistency | undefined;
}

/** One event, as a list would show it to the same actor; undefined where it would not. */
export async function readAuditEvent(
  postern: Postern,
  actor: Actor,
  { id, object, consistency }: AuditEventQuestion,
): Promise<Result<AuditedEvent | undefined, Refusal>> {
  const { store, platform } = postern;
  const wanted = [{ event: id, ...(object && { object: formatObjectRef(object) }) }];
  const request = { what: 'Reading an audit event', attempt: { action: 'readAuditLog' as const, wanted } };
  const named = [...objectsToAuthorize(actor, platform), ...(object ? [object] : [])];
  return readAs(postern, actor, request, (audited) =>
    withFreshState<AuditedEvent | undefined>(store, named, { consistency }, async (snapshot, state) => {
      const view = await openAuditView(snapshot, audited, platform, object);
      if (!view.ok) return view;
      const filter = { object: object && formatObjectRef(object), after: id - 1, without: view.value.without };
      const { events } = await state.readAuditEvents(filter, 1, id + 1);
      const event = events.find((one) => one.id === id);
      const newest = snapshot.mark?.event ?? 0;
      if (id > newest) {
        const message = `There is no event ${quote(String(id))}; the newest is ${quote(String(newest))}.`;
        if (view.value.only === undefined) postern.notice?.({ code: 'UNKNOWN_EVENT', message });
      }
      const explained =
        event === undefined ? await explainNoEvents(postern, snapshot, audited, { object }) : ok(undefined);
      if (!explained.ok) return explained;
      return ok(event && seenBy(view.value, event));
    }),
  );
}

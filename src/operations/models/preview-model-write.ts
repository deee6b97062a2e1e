import { ok, type Result } from '../../base/result.ts';
import { tokenOf } from '../../model/consistency-token.ts';
import type { ModelDiff } from '../../model/diff-models.ts';
import type { Model } from '../../model/model.ts';
import type { TimedPosition } from '../../store/store-reader.ts';
import type { Actor } from '../actor.ts';
import { unnoted } from '../audited-actor.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { type ReadRequest, readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import type { WriteOutput } from '../writes/run-write.ts';
import { authorizeModelWrite } from './authorize-model-write.ts';
import { type ModelImpact, modelImpact } from './model-impact.ts';

/**
 * What a model changes, compared with the one that was active before; without one there is nothing to compare with.
 * The impact is worked out for dry runs only.
 */
export interface ModelPreview {
  readonly diff: ModelDiff | undefined;
  readonly impact: ModelImpact | undefined;
}

/** What is tried, and whether it is to be compared with the active model: yes, if nothing is said. */
interface ModelAttempt extends NonNullable<ReadRequest['attempt']> {
  readonly isCompared?: boolean;
}

/**
 * What a write of a model would mean, for an actor who may write it; nothing is changed, and no write waits for it longer than for a check. `find` looks
 * for the model, once it is known that the actor may ask; it is told of the state that was asked.
 */
export async function previewModelWrite<Outcome>(
  postern: Postern,
  actor: Actor,
  { isCompared = true, ...attempt }: ModelAttempt,
  find: (state: TimedPosition) => Promise<Result<{ readonly to: number | Model; readonly outcome: Outcome }, Refusal>>,
): Promise<Result<WriteOutput<Outcome & { readonly preview: ModelPreview }>, Refusal>> {
  const request = { what: 'Previewing a model', attempt };
  const opened = await readAs(postern, actor, request, () =>
    postern.store.reader.withState(async ({ open, position }) => {
      const authorized = await authorizeModelWrite(open, unnoted(actor), postern.platform);
      return authorized.ok ? ok(await position()) : authorized;
    }),
  );
  if (!opened.ok) return opened;
  const found = await orUnavailable(postern, 'Previewing a model', () => find(opened.value));
  if (!found.ok) return found;
  const token = tokenOf(opened.value);
  const unknown: ModelPreview = { diff: undefined, impact: undefined };
  if (!isCompared) return ok({ outcome: { ...found.value.outcome, preview: unknown }, token });
  const impact = await modelImpact(postern, actor, { from: undefined, to: found.value.to });
  if (!impact.ok) return impact;
  // Both from one snapshot: another model may have become active since.
  const preview: ModelPreview = { diff: impact.value?.diff, impact: impact.value };
  return ok({ outcome: { ...found.value.outcome, preview }, token });
}

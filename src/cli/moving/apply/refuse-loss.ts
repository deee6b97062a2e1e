import { quote } from '../../../base/text-problem.ts';
import { diffModels, type ModelDiff } from '../../../model/diff-models.ts';
import type { Model } from '../../../model/model.ts';
import type { Postern } from '../../../operations/postern.ts';

/**
 * Throws a sentence where the active model has types or relations that another one, which is to be active in its place, lacks: whoever
 * asks for these would have no answer from then on.
 */
export async function refuseLoss({ store }: Postern, folder: string, model: Model): Promise<void> {
  const active = await store.loadActiveModel();
  if (active === undefined) return;
  const lost = lostNames(diffModels(active.prepared.model, model));
  if (lost.length === 0) return;
  const more = lost.length > mostShown ? ` and ${lost.length - mostShown} more` : '';
  throw new Error(
    `The model of the plan in ${quote(folder)} would be active in place of model ${active.id}, which applications ask, and lacks what that has: ${lost.slice(0, mostShown).join(', ')}${more}; nothing was changed. Next: move into another database, or apply with --replace-model if nobody asks for that any more.`,
  );
}

const mostShown = 5;

/** Of a type that is gone, its name alone. */
function lostNames(diff: ModelDiff): readonly string[] {
  const types = new Set(diff.flatMap((one) => (one.what === 'type' && one.change === 'removed' ? [one.type] : [])));
  return diff.flatMap((one) => {
    if (one.change !== 'removed' || one.what === 'condition') return [];
    if (one.what === 'type') return [`type ${quote(one.type)}`];
    return types.has(one.type) ? [] : [quote(`${one.type}#${one.relation}`)];
  });
}

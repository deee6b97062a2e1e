import { failed, ok, type Result } from '../../base/result.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { ModelModule } from '../../model/model-source.ts';
import { problem } from '../../model/problem.ts';
import { UnreadableModel } from '../../store/unreadable-model.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';

/** A published model as data, for somebody who was let through to it. */
export async function readModelData(postern: Postern, id: number): Promise<Result<PreparedModel, Refusal>> {
  return orUnavailable(postern, 'Reading a model', async () => {
    try {
      const prepared = await postern.store.loadModel(id);
      return prepared === undefined ? failed(goneModel) : ok(prepared);
    } catch (error) {
      if (!(error instanceof UnreadableModel)) throw error;
      return failed({ kind: 'undecided', problem: problem('AUTHORIZATION_UNAVAILABLE', error.message) });
    }
  });
}

/** The modules that it was published as; none for one that was published as one text. */
export async function readModelModules(postern: Postern, id: number): Promise<Result<readonly ModelModule[], Refusal>> {
  return orUnavailable(postern, 'Reading the modules of a model', async () => {
    const text = await postern.store.readModelText(id);
    return text === undefined ? failed(goneModel) : ok(text.modules ?? []);
  });
}

/** Published models are never removed: the database must have another history by now. */
const goneModel: Refusal = {
  kind: 'undecided',
  problem: problem('AUTHORIZATION_UNAVAILABLE', 'The model is not there any more; ask again.'),
};

import {
  type ActivateAuthorizationModelInput,
  ActivateModelDocument,
  type ActivateModelMutation,
  type ImpactCountFragment,
  type ModelDiffFragment,
  type ModelImpactFragment,
} from './__generated__/operations.ts';
import { ask } from './ask.ts';
import type { Write, WriteManner } from './writes.ts';

export type Activation = ActivateModelMutation['activateAuthorizationModel'];
export type ModelDiff = ModelDiffFragment;
export type ModelImpact = ModelImpactFragment;
export type ImpactCount = ImpactCountFragment;

export const activateModel: Write<Omit<ActivateAuthorizationModelInput, keyof WriteManner>, Activation> = {
  name: 'activateAuthorizationModel',
  send: async (input) => (await ask(ActivateModelDocument, { input })).activateAuthorizationModel,
};

/** How many permissions somebody would lose. */
export function lossesOf(impact: ModelImpact | null): number {
  return impact?.permissions.filter(({ lost }) => isAny(lost)).length ?? 0;
}

export function isAny({ objects }: ImpactCount): boolean {
  return objects > 0;
}

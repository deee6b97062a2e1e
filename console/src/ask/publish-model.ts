import { useQuery } from '@tanstack/react-query';
import {
  CheckModelDocument,
  type CheckModelMutation,
  type PublishAuthorizationModelInput,
  PublishModelDocument,
  type PublishModelMutation,
} from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { type ModelDraft, sourceOf } from './model-draft.ts';
import { useRights } from './rights.ts';
import { useCaller } from './session.ts';
import { useSettled } from './use-settled.ts';
import type { Write, WriteManner } from './writes.ts';

export type Publication = PublishModelMutation['publishAuthorizationModel'];
export type ModelProblem = CheckModelMutation['publishAuthorizationModel']['userErrors'][number];

export const publishModel: Write<Omit<PublishAuthorizationModelInput, keyof WriteManner>, Publication> = {
  name: 'publishAuthorizationModel',
  send: async (input) => (await ask(PublishModelDocument, { input })).publishAuthorizationModel,
};

/** Whoever writes on is not told of what they have not finished. */
const quietMs = 700;

/**
 * What is wrong with a draft, once nobody has changed it for a moment; a question about an older text is given up. Only the text is
 * checked: whom it would concern is asked when it is to be published.
 */
export function useModelProblems(draft: ModelDraft | undefined) {
  const { subject } = useCaller();
  const { mayPublishModel } = useRights();
  const settled = useSettled(draft, quietMs);
  const isAsked = settled !== undefined && mayPublishModel;
  const query = useQuery({
    queryKey: ['preview', subject, 'check-model', settled?.files],
    queryFn: async ({ signal }) => {
      if (settled === undefined) throw new Error('What is not there cannot be checked.');
      const input = { ...sourceOf(settled), dryRun: true };
      return (await ask(CheckModelDocument, { input }, signal)).publishAuthorizationModel.userErrors;
    },
    enabled: isAsked,
    gcTime: 0,
  });
  return {
    problems: isAsked ? (query.data ?? []) : [],
    isChecked: isAsked && query.isSuccess,
    error: isAsked ? query.error : null,
    checkAgain: () => void query.refetch(),
  };
}

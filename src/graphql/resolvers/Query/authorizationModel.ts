import { noModel, readPublishedModel } from '../../../operations/models/read-published-model.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { parseModelId } from '../../authorization-model.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const authorizationModel: NonNullable<QueryResolvers['authorizationModel']> = async (
  _parent,
  { id, consistency },
  context,
) => {
  const model = await readPublishedModel(context.postern, viewerOf(context), {
    id: id === null || id === undefined ? undefined : (parseModelId(id) ?? noModel),
    written: id ?? undefined,
    consistency: consistencyOf(consistency, context),
  });
  if (!model.ok) throw refusalError(model.problem);
  return model.value ?? null;
};

import { noModel, readPublishedModel } from '../../../operations/models/read-published-model.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { parseModelId } from '../../authorization-model.ts';
import { refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const authorizationModel: NonNullable<QueryResolvers['authorizationModel']> = async (
  _parent,
  { id },
  context,
) => {
  const wanted = id === null || id === undefined ? undefined : (parseModelId(id) ?? noModel);
  const model = await readPublishedModel(context.postern, viewerOf(context), wanted, id ?? undefined);
  if (!model.ok) throw refusalError(model.problem);
  return model.value ?? null;
};

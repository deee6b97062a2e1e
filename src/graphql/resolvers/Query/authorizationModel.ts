import { readPublishedModel } from '../../../operations/read-published-model.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { parseModelId } from '../../authorization-model.ts';
import { refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const authorizationModel: NonNullable<QueryResolvers['authorizationModel']> = async (
  _parent,
  { id },
  context,
) => {
  const wanted = id ? parseModelId(id) : undefined;
  const isImpossible = id !== null && id !== undefined && wanted === undefined;
  // An id that no model can have is looked up as one that no model has, so that the right to read is checked first.
  const model = await readPublishedModel(context.postern, viewerOf(context), isImpossible ? 0 : wanted);
  if (!model.ok) throw refusalError(model.problem);
  return model.value ?? null;
};

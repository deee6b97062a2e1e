import { readModelData, readModelModules } from '../../operations/models/read-model-data.ts';
import type { AuthorizationModelResolvers } from '../__generated__/resolver-types.ts';
import type { ModelParent } from '../authorization-model.ts';
import { conditionsOf, typesOf } from '../authorization-model-data.ts';
import { refusalError } from '../errors.ts';
import type { RequestContext } from '../request-context.ts';

export const AuthorizationModel: AuthorizationModelResolvers = {
  id: ({ id }) => String(id),
  modules: async ({ id }, _args, { postern }) => {
    const modules = await readModelModules(postern, id);
    if (!modules.ok) throw refusalError(modules.problem);
    return modules.value;
  },
  types: async (parent, _args, context) => typesOf(await dataOf(parent, context)),
  conditions: async (parent, _args, context) => conditionsOf(await dataOf(parent, context)),
};

async function dataOf({ id }: ModelParent, { postern }: RequestContext) {
  const data = await readModelData(postern, id);
  if (!data.ok) throw refusalError(data.problem);
  return data.value;
}

import type { AuthorizationModelResolvers } from '../__generated__/resolver-types.ts';

export const AuthorizationModel: AuthorizationModelResolvers = {
  id: ({ id }) => String(id),
};

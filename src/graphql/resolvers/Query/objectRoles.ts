import { listObjectRoles } from '../../../operations/roles/list-object-roles.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const objectRoles: NonNullable<QueryResolvers['objectRoles']> = async (
  _parent,
  { object, consistency },
  context,
) => {
  const question = { object, consistency: consistencyOf(consistency, context) };
  const roles = await listObjectRoles(context.postern, viewerOf(context), question);
  if (!roles.ok) throw refusalError(roles.problem);
  return roles.value;
};

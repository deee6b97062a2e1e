import { listAccessibleObjects } from '../../../operations/access/list-accessible-objects.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { pageSize } from '../../checked-arguments.ts';
import { refusalError } from '../../errors.ts';
import { objectConnection } from '../../object-connection.ts';
import { contextualOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const accessibleObjects: NonNullable<QueryResolvers['accessibleObjects']> = async (
  _parent,
  { subject, permission, type, context: given, contextualRelationships, first, after },
  context,
) => {
  const page = await listAccessibleObjects(context.postern, viewerOf(context), {
    subject,
    permission,
    type,
    context: new Map(Object.entries(given ?? {})),
    contextual: contextualOf(contextualRelationships),
    first: pageSize(first),
    after: after ?? undefined,
  });
  if (!page.ok) throw refusalError(page.problem);
  return objectConnection(page.value, after, (object) => object);
};

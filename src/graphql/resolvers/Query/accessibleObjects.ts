import { listAccessibleObjects } from '../../../operations/access/list-accessible-objects.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { refusalError } from '../../errors.ts';
import { objectConnection } from '../../object-connection.ts';
import { pageOf } from '../../page-argument.ts';
import { contextualOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const accessibleObjects: NonNullable<QueryResolvers['accessibleObjects']> = async (
  _parent,
  { subject, permission, type, context: given, contextualRelationships, ...args },
  context,
) => {
  const page = await listAccessibleObjects(context.postern, viewerOf(context), {
    subject,
    permission,
    type,
    context: new Map(Object.entries(given ?? {})),
    contextual: contextualOf(contextualRelationships),
    ...pageOf(args, context),
  });
  if (!page.ok) throw refusalError(page.problem);
  return objectConnection(page.value, args.after, (object) => object);
};

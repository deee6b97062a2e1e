import { formatGrantOutcome, type GrantOutcome } from '../../operations/relationship-record.ts';
import { retirementCursors } from '../../operations/roles/retire-object.ts';
import type { ObjectRetirementRelationshipsArgs, ObjectRetirementResolvers } from '../__generated__/resolver-types.ts';
import { grantParentOf } from '../access-relationship.ts';
import type { RetirementParent } from '../object-retirement.ts';
import { pageOfList } from '../page-of-list.ts';
import { type RequestContext, viewerOf } from '../request-context.ts';

export const ObjectRetirement: ObjectRetirementResolvers = {
  object: ({ object }) => object,
  dryRun: ({ dryRun }) => dryRun,
  relationshipCount: ({ own }) => own.length,
  relationships: (parent, args, context) => pageOfGrants(context, parent, 'relationships', parent.own, args),
  elsewhereCount: ({ elsewhere }) => elsewhere.length,
  elsewhere: (parent, args, context) => pageOfGrants(context, parent, 'elsewhere', parent.elsewhere, args),
  orphanedCount: ({ orphaned }) => orphaned.length,
  orphaned: async (parent, args, context) => {
    const cursors = await retirementCursors(context.postern, viewerOf(context), parent, 'orphaned');
    const nameOf = ({ object, role }: RetirementParent['orphaned'][number]) => `${object}#${role}`;
    const list = { items: parent.orphaned, nameOf, token: parent.token };
    return pageOfList(context.postern, cursors, args, list, (node) => node);
  },
};

/** The lists of a retirement are known as a whole, so no page of them is ever cut short. */
async function pageOfGrants(
  context: RequestContext,
  parent: RetirementParent,
  name: string,
  grants: readonly GrantOutcome[],
  args: ObjectRetirementRelationshipsArgs,
) {
  const cursors = await retirementCursors(context.postern, viewerOf(context), parent, name);
  const list = { items: grants, nameOf: formatGrantOutcome, token: parent.token };
  return { ...(await pageOfList(context.postern, cursors, args, list, grantParentOf)), isCutShort: false };
}

import { formatGrantOutcome, type GrantOutcome } from '../../operations/relationship-record.ts';
import { type OffboardingOutcome, offboardingCursors } from '../../operations/roles/offboard-subject.ts';
import type { SubjectOffboardingResolvers } from '../__generated__/resolver-types.ts';
import { grantParentOf } from '../access-relationship.ts';
import { type PageArguments, pageOf } from '../page-of-list.ts';
import { type RequestContext, viewerOf } from '../request-context.ts';

export const SubjectOffboarding: SubjectOffboardingResolvers = {
  subject: ({ subject }) => subject,
  dryRun: ({ dryRun }) => dryRun,
  relationshipCount: ({ direct }) => direct.length,
  relationships: (parent, args, context) => pageOfGrants(context, parent, 'relationships', parent.direct, args),
  throughSetsCount: ({ throughSets }) => throughSets.length,
  throughSets: (parent, args, context) => pageOfGrants(context, parent, 'throughSets', parent.throughSets, args),
  throughSetsAreCut: ({ isCut }) => isCut,
  orphanedCount: ({ orphaned }) => orphaned.length,
  orphaned: async (parent, args, context) => {
    const cursors = await offboardingCursors(context.postern, viewerOf(context), parent, 'orphaned');
    return pageOf(
      cursors,
      args,
      parent.orphaned,
      ({ object, role }) => `${object}#${role}`,
      (node) => node,
    );
  },
};

/** The lists of an off-boarding are known as a whole, so no page of them is ever cut short. */
async function pageOfGrants(
  context: RequestContext,
  parent: OffboardingOutcome,
  list: string,
  grants: readonly GrantOutcome[],
  args: PageArguments,
) {
  const cursors = await offboardingCursors(context.postern, viewerOf(context), parent, list);
  return { ...pageOf(cursors, args, grants, formatGrantOutcome, grantParentOf), isCutShort: false };
}

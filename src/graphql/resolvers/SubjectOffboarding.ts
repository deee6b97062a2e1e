import { formatGrantOutcome, type GrantOutcome } from '../../operations/relationship-record.ts';
import { offboardingCursors } from '../../operations/roles/offboard-subject.ts';
import type {
  SubjectOffboardingRelationshipsArgs,
  SubjectOffboardingResolvers,
} from '../__generated__/resolver-types.ts';
import { grantParentOf } from '../access-relationship.ts';
import { pageOfList } from '../page-of-list.ts';
import { type RequestContext, viewerOf } from '../request-context.ts';
import type { OffboardingParent } from '../subject-offboarding.ts';

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
    const nameOf = ({ object, role }: OffboardingParent['orphaned'][number]) => `${object}#${role}`;
    const list = { items: parent.orphaned, nameOf, token: parent.token };
    return pageOfList(context.postern, cursors, args, list, (node) => node);
  },
};

/** The lists of an off-boarding are known as a whole, so no page of them is ever cut short. */
async function pageOfGrants(
  context: RequestContext,
  parent: OffboardingParent,
  name: string,
  grants: readonly GrantOutcome[],
  args: SubjectOffboardingRelationshipsArgs,
) {
  const cursors = await offboardingCursors(context.postern, viewerOf(context), parent, name);
  const list = { items: grants, nameOf: formatGrantOutcome, token: parent.token };
  return { ...(await pageOfList(context.postern, cursors, args, list, grantParentOf)), isCutShort: false };
}

import { offboardingQuestion } from '../../operations/offboard-subject.ts';
import { formatGrantOutcome } from '../../operations/relationship-record.ts';
import type { SubjectOffboardingResolvers } from '../__generated__/resolver-types.ts';
import { grantParentOf } from '../access-relationship.ts';
import { pageOf } from '../page-of-list.ts';
import { viewerOf } from '../request-context.ts';

export const SubjectOffboarding: SubjectOffboardingResolvers = {
  subject: ({ subject }) => subject,
  dryRun: ({ dryRun }) => dryRun,
  relationshipCount: ({ direct }) => direct.length,
  relationships: async (parent, args, context) => {
    const question = offboardingQuestion(viewerOf(context), parent, 'relationships');
    return pageOf(
      await context.postern.store.cursorKey(),
      question,
      args,
      parent.direct,
      formatGrantOutcome,
      grantParentOf,
    );
  },
  throughSetsCount: ({ throughSets }) => throughSets.length,
  throughSets: async (parent, args, context) => {
    const question = offboardingQuestion(viewerOf(context), parent, 'throughSets');
    return pageOf(
      await context.postern.store.cursorKey(),
      question,
      args,
      parent.throughSets,
      formatGrantOutcome,
      grantParentOf,
    );
  },
  throughSetsAreCut: ({ isCut }) => isCut,
  orphanedCount: ({ orphaned }) => orphaned.length,
  orphaned: async (parent, args, context) => {
    const question = offboardingQuestion(viewerOf(context), parent, 'orphaned');
    const key = await context.postern.store.cursorKey();
    return pageOf(
      key,
      question,
      args,
      parent.orphaned,
      ({ object, role }) => `${object}#${role}`,
      (node) => node,
    );
  },
};

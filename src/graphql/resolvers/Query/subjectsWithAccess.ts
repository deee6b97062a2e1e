import { listSubjectsWithAccess } from '../../../operations/access/list-subjects-with-access.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { contextualOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const subjectsWithAccess: NonNullable<QueryResolvers['subjectsWithAccess']> = async (_parent, args, context) => {
  const { object, permission, subjectType, subjectRelation, after } = args;
  const listed = await listSubjectsWithAccess(context.postern, viewerOf(context), {
    object,
    permission,
    subjectType,
    subjectRelation: subjectRelation ?? undefined,
    context: new Map(Object.entries(args.context ?? {})),
    contextual: contextualOf(args.contextualRelationships),
    ...pageOf(args, context),
  });
  if (!listed.ok) throw refusalError(listed.problem);
  const page = listed.value;
  const edges = page.subjects.map(({ subject, cursor }) => ({ cursor, node: subject }));
  return {
    ...connectionOf(edges, { after, hasMore: page.hasMore, endCursor: page.endCursor }),
    excluded: page.excluded,
    undecided: page.undecided.map(({ subject, problem }) => ({ subject, error: problem })),
    isCutShort: page.isCutShort,
    consistencyToken: page.token,
    stateAgeMs: page.ageMs,
  };
};

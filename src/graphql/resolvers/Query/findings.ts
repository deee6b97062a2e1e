import { usualSteps } from '../../../operations/findings/findings-question.ts';
import { listFindings } from '../../../operations/findings/list-findings.ts';
import { usualDays } from '../../../operations/findings/use-window.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { accessFindingOf, findingKindsOf, insidersOf } from '../../access-finding.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const findings: NonNullable<QueryResolvers['findings']> = async (_parent, args, context) => {
  const { object, includeContained, kinds, insiders, steps, days, after } = args;
  const listed = await listFindings(context.postern, viewerOf(context), {
    object,
    includeContained: includeContained ?? true,
    kinds: findingKindsOf(kinds),
    insiders: insidersOf(insiders),
    steps: steps ?? usualSteps,
    days: days ?? usualDays,
    ...pageOf(args, context),
  });
  if (!listed.ok) throw refusalError(listed.problem);
  const { findings: found, notExamined, hasMore, cursorOf, token } = listed.value;
  const edges = found.map((finding) => ({ cursor: cursorOf(finding), node: accessFindingOf(finding) }));
  const isComplete = notExamined.length === 0;
  return { ...connectionOf(edges, { after, hasMore }), isComplete, notExamined, consistencyToken: token };
};

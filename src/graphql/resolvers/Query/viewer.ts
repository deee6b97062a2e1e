import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { createDecisionLoader } from '../../decision-loader.ts';

export const viewer: NonNullable<QueryResolvers['viewer']> = (_parent, args, context) => {
  const { viewer, postern, decisions } = context;
  if (viewer === null) return null;
  const consistency = consistencyOf(args.consistency, context);
  // What the whole request asks for is asked in one batch.
  if (consistency === context.consistency) return { viewer, consistency, decisions };
  return { viewer, consistency, decisions: createDecisionLoader(postern, viewer, consistency) };
};

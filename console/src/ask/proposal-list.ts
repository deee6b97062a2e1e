import { ProposalsDocument, type ProposalsQuery } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { usePages } from './use-pages.ts';

export type ProposalLine = ProposalsQuery['proposals']['edges'][number]['node'];

/** Which proposals, as the address says it. */
export interface ProposalFields {
  readonly show?: string;
  readonly object?: string;
}

export const shows = ['all', 'decide', 'mine'] as const;

export type Show = (typeof shows)[number];

export function showOf({ show }: ProposalFields): Show {
  return shows.find((one) => one === show) ?? 'all';
}

export function proposalsVariables(fields: ProposalFields) {
  const show = showOf(fields);
  return {
    ...(fields.object !== undefined && fields.object !== '' && { object: fields.object }),
    ...(show === 'mine' && { mine: true }),
    ...(show === 'decide' && { toDecide: true }),
  };
}

/** Proposals page by page, the newest first: one's own, and those that one could decide on. There is nothing to be refused. */
export function useProposals(fields: ProposalFields, first = 20) {
  const variables = { ...proposalsVariables(fields), first };
  const list = usePages({
    question: ['proposals', variables],
    isEnabled: true,
    read: async (after) => {
      const page = (await ask(ProposalsDocument, { ...variables, after })).proposals;
      // A page may be empty and not be the last one.
      return { ...page, isCutShort: page.edges.length === 0 && page.pageInfo.hasNextPage };
    },
  });
  return { ...list, variables, proposals: list.pages.flatMap(({ edges }) => edges.map(({ node }) => node)) };
}

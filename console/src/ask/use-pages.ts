import { useInfiniteQuery } from '@tanstack/react-query';
import { useCaller } from './session.ts';

/** A page of a list, wherever it comes from. */
export interface ListPage {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly isCutShort: boolean;
}

interface PagesOptions<Page> {
  readonly question: readonly unknown[];
  readonly isEnabled: boolean;
  readonly read: (after: string | undefined) => Promise<Page>;
}

/** A list page by page: the next one only when somebody asks for it. */
export function usePages<Page extends ListPage>({ question, isEnabled, read }: PagesOptions<Page>) {
  const { subject } = useCaller();
  const query = useInfiniteQuery({
    queryKey: [...question, subject],
    enabled: isEnabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined),
  });
  return { ...query, pages: query.data?.pages ?? [], last: query.data?.pages.at(-1) };
}

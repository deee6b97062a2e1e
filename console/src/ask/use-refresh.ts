import { notifyManager, type QueryClient, useQueryClient } from '@tanstack/react-query';

/**
 * Reads again what is on the page. Rights come first: whoever has just given one up is not to ask what would be refused, and so be
 * recorded.
 */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await refreshRights(queries);
    const isOther = (key: unknown) => !isOfRights(key) && key !== 'session' && key !== 'preview';
    await queries.invalidateQueries({ predicate: ({ queryKey }) => isOther(queryKey[0]) });
  };
}

/** Reads again what one may do, until pages have been told. */
export async function refreshRights(queries: QueryClient): Promise<void> {
  await queries.invalidateQueries({ predicate: ({ queryKey }) => isOfRights(queryKey[0]) });
  await new Promise<void>((resolve) => notifyManager.schedule(resolve));
}

function isOfRights(key: unknown): boolean {
  return ['rights', 'my-permissions'].includes(String(key));
}

import { notifyManager, useQueryClient } from '@tanstack/react-query';

/**
 * Reads again what is on the page. Rights come first: whoever has just given one up is not to ask what would be refused, and so be
 * recorded.
 */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const isAbout = (key: unknown) => ['rights', 'my-permissions'].includes(String(key));
    await queries.invalidateQueries({ predicate: ({ queryKey }) => isAbout(queryKey[0]) });
    // Until pages have been told.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
    const isOther = (key: unknown) => !isAbout(key) && key !== 'session' && key !== 'preview';
    await queries.invalidateQueries({ predicate: ({ queryKey }) => isOther(queryKey[0]) });
  };
}

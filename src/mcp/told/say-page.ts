import { type Prose, say, sayAll } from '../prose.ts';

/** What a page says of what is not in it. */
export function sayPage(
  { hasMore, isCutShort }: { readonly hasMore: boolean; readonly isCutShort: boolean },
  undecidedCount = 0,
): Prose {
  return sayAll([
    ...(undecidedCount > 0 ? [say`${undecidedCount} could not be decided, and are not among them.`] : []),
    ...(isCutShort ? [say`The page is cut short.`] : []),
    hasMore ? say`The list goes on after "endCursor".` : say`That is the end of the list.`,
  ]);
}

import { z } from 'zod';
import { invariant } from '../../base/invariant.ts';
import { fitAll, mostDataBytes } from './fit.ts';

/** What every answer with a page says of the rest of the list. */
export const toldPage = {
  hasMore: z.boolean().describe('Whether the list goes on after this page.'),
  endCursor: z.string().optional().describe('Where it goes on: send it as "after", with the same arguments.'),
  isCutShort: z
    .boolean()
    .describe(
      'Whether the page ends before it is full, as more would be too much for one answer. Nothing is lost: go on with "endCursor".',
    ),
};

/** A page as an operation gives it. */
export interface OperationPage<Item> {
  readonly items: readonly Item[];
  readonly cursorOf: (item: Item) => string;
  readonly hasMore: boolean;
  /** What the next page comes after, where that is not the last item. */
  readonly endCursor?: string | undefined;
  readonly isCutShort?: boolean;
}

export interface ToldPage<Told> {
  readonly items: readonly Told[];
  readonly rest: z.infer<z.ZodObject<typeof toldPage>>;
}

/** As much of a page as fits into an answer, beside what else is in it; what does not is on the next page. */
export function tellPage<Item, Told>(
  page: OperationPage<Item>,
  tell: (item: Item) => Told,
  otherBytes = 0,
): ToldPage<Told> {
  const { items, cursorOf, hasMore, endCursor, isCutShort = false } = page;
  const { shown, leftOut } = fitAll(items.map(tell), mostDataBytes - otherBytes);
  const last = items.at(shown.length - 1);
  if (leftOut > 0) {
    invariant(shown.length > 0 && last !== undefined, 'one item fits into an answer');
    return { items: shown, rest: { hasMore: true, endCursor: cursorOf(last), isCutShort: true } };
  }
  const end = endCursor ?? (last && cursorOf(last));
  // What is over has no place to go on from.
  return {
    items: shown,
    rest: { hasMore, isCutShort: hasMore && isCutShort, ...(hasMore && end !== undefined && { endCursor: end }) },
  };
}

import { askWords } from '../words/ask-words.ts';

interface MoreButtonProps {
  readonly page: { readonly hasNextPage: boolean };
  /** Whether nothing was found for too long, and it was given up for now. */
  readonly isCutShort: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

export function MoreButton({ page, isCutShort, isLoading, onMore }: MoreButtonProps) {
  if (!page.hasNextPage) return undefined;
  return (
    <button type="button" className="quiet" disabled={isLoading} onClick={onMore}>
      {isCutShort ? askWords.goOn : askWords.more}
    </button>
  );
}

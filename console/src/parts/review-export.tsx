import { useEffect, useRef, useState } from 'react';
import { ObjectPeopleDocument, type ObjectPeopleQueryVariables } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { type ReviewFile, reviewCsv } from '../ask/review-file.ts';
import type { ReviewEntry } from '../ask/review-groups.ts';
import { readWords, reviewWords } from '../words/review-words.ts';
import { Problem } from './problem.tsx';

interface ReviewExportProps {
  readonly variables: ObjectPeopleQueryVariables;
  readonly file: Omit<ReviewFile, 'entries' | 'isComplete' | 'at'>;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly count: number }
  | { readonly kind: 'made'; readonly address: string; readonly isComplete: boolean }
  | { readonly kind: 'failed'; readonly error: Error };

/** All pages of the review in one file; what was stopped half-way says in the file that it is not complete. */
export function ReviewExport({ variables, file }: ReviewExportProps) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const isStopped = useRef(false);
  const address = state.kind === 'made' ? state.address : undefined;
  useEffect(() => () => void (address !== undefined && URL.revokeObjectURL(address)), [address]);
  const run = async () => {
    isStopped.current = false;
    setState({ kind: 'reading', count: 0 });
    try {
      const found = await readAll(variables, (count) => {
        setState({ kind: 'reading', count });
        return !isStopped.current;
      });
      const text = reviewCsv({ ...file, ...found, at: new Date().toISOString() });
      const made = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
      setState({ kind: 'made', address: made, isComplete: found.isComplete });
    } catch (error) {
      setState({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const name = `${file.object.replaceAll(/[^\w.-]/g, '-')}-review.csv`;
  return (
    <>
      <button type="button" className="quiet" disabled={state.kind === 'reading'} onClick={() => void run()}>
        {reviewWords.csv}
      </button>
      {state.kind === 'reading' && (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            isStopped.current = true;
          }}
        >
          {reviewWords.cancel}
        </button>
      )}
      <span role="status">
        {state.kind === 'reading' && readWords(state.count)}
        {state.kind === 'made' && (
          <a href={state.address} download={name}>
            {reviewWords.save}
          </a>
        )}
        {state.kind === 'made' && !state.isComplete && <span className="muted"> {reviewWords.notEverything}</span>}
      </span>
      {state.kind === 'failed' && <Problem error={state.error} />}
    </>
  );
}

/** Page by page, as long as `onPage` wants more. */
async function readAll(
  variables: ObjectPeopleQueryVariables,
  onPage: (count: number) => boolean,
): Promise<{ readonly entries: readonly ReviewEntry[]; readonly isComplete: boolean }> {
  const entries: ReviewEntry[] = [];
  let isComplete = true;
  let after: string | null | undefined;
  do {
    const page = (await ask(ObjectPeopleDocument, { ...variables, after })).accessReview;
    entries.push(...page.edges.map(({ node }) => node));
    isComplete &&= page.isComplete;
    const goesOn = onPage(entries.length);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    if (!goesOn && after !== undefined) return { entries, isComplete: false };
  } while (after != null);
  return { entries, isComplete };
}

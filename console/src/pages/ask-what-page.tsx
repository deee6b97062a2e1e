import { Link, useSearch } from '@tanstack/react-router';
import { AskWhatDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { readContext } from '../ask/read-context.ts';
import { usePages } from '../ask/use-pages.ts';
import { FoundList } from '../parts/found-list.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { Problem } from '../parts/problem.tsx';
import { QuestionForm } from '../parts/question-form.tsx';
import { QuestionSides } from '../parts/question-sides.tsx';
import { UndecidedList } from '../parts/undecided-list.tsx';
import { askWords } from '../words/ask-words.ts';

/** On which objects somebody has a permission. */
export function AskWhatPage() {
  const fields = useSearch({ from: '/ask/what' });
  const { subject = '', permission = '', type = '', context } = fields;
  const isWhole = subject !== '' && permission !== '' && type !== '';
  const variables = { subject, permission, type };
  const { pages, last, error, isFetching, fetchNextPage, refetch } = usePages({
    question: ['ask-what', variables, context],
    isEnabled: isWhole,
    read: async (after) => {
      const asked = { ...variables, context: readContext(context, askWords.notJson), after };
      return (await ask(AskWhatDocument, asked)).accessibleObjects;
    },
  });
  const objects = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const undecided = pages.flatMap((page) =>
    page.undecided.map(({ object, error: { message } }) => [object, message] as const),
  );
  return (
    <Page title={askWords.what}>
      <QuestionSides fields={fields} />
      <QuestionForm side="what" fields={fields} />
      {!isWhole && <p className="muted">{askWords.emptyWhat}</p>}
      {isFetching && <p role="status">{askWords.asking}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && (
        <>
          <FoundList
            names={objects}
            hasMore={last.pageInfo.hasNextPage}
            nothing={askWords.nothing}
            beside={(object) => (
              <Link to="/ask/why" search={{ subject, permission, object, context }}>
                {askWords.whyLink}
              </Link>
            )}
          />
          <MoreButton
            page={last.pageInfo}
            isCutShort={last.isCutShort}
            isLoading={isFetching}
            onMore={() => void fetchNextPage()}
          />
          <UndecidedList entries={undecided} />
        </>
      )}
      {isWhole && <PageTools query={String(AskWhatDocument)} variables={variables} />}
    </Page>
  );
}

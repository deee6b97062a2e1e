import { Link, useSearch } from '@tanstack/react-router';
import { AskWhoDocument } from '../ask/__generated__/operations.ts';
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

/** Who has a permission on an object. */
export function AskWhoPage() {
  const fields = useSearch({ from: '/ask/who' });
  const { object = '', permission = '', type: subjectType = '', context } = fields;
  const isWhole = object !== '' && permission !== '' && subjectType !== '';
  const variables = { object, permission, subjectType };
  const { pages, last, error, isFetching, fetchNextPage, refetch } = usePages({
    question: ['ask-who', variables, context],
    isEnabled: isWhole,
    read: async (after) => {
      const asked = { ...variables, context: readContext(context, askWords.notJson), after };
      return (await ask(AskWhoDocument, asked)).subjectsWithAccess;
    },
  });
  const subjects = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const excluded = pages.flatMap((page) => page.excluded);
  const undecided = pages.flatMap((page) =>
    page.undecided.map(({ subject, error: { message } }) => [subject, message] as const),
  );
  return (
    <Page title={askWords.who}>
      <QuestionSides fields={fields} />
      <QuestionForm side="who" fields={fields} />
      {!isWhole && <p className="muted">{askWords.emptyWho}</p>}
      {isFetching && <p role="status">{askWords.asking}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && (
        <>
          <FoundList
            names={subjects}
            who={{ within: object }}
            hasMore={last.pageInfo.hasNextPage}
            nothing={askWords.nobody}
            beside={(subject) => (
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
          {excluded.length > 0 && <h2>{askWords.excluded}</h2>}
          {excluded.length > 0 && <FoundList names={excluded} who={{ within: object }} hasMore={false} nothing="" />}
          <UndecidedList entries={undecided} />
        </>
      )}
      {isWhole && <PageTools query={String(AskWhoDocument)} variables={variables} />}
    </Page>
  );
}

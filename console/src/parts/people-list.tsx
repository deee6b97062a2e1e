import { ObjectPeopleDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import type { ObjectRole } from '../ask/object-roles.ts';
import { usePages } from '../ask/use-pages.ts';
import { shownCount } from '../words/ask-words.ts';
import { objectWords } from '../words/object-words.ts';
import { LiveAccess } from './live-access.tsx';
import { MoreButton } from './more-button.tsx';
import { PageTools } from './page-tools.tsx';
import { PeopleTable } from './people-table.tsx';
import { Problem } from './problem.tsx';
import { Ref } from './ref.tsx';
import { RowMenu } from './row-menu.tsx';

interface PeopleListProps {
  readonly object: string;
  readonly isContained: boolean;
  /** To be refused would be an event in the audit log. */
  readonly mayReview: boolean;
  readonly roles: readonly ObjectRole[] | undefined;
}

/** Who has which role on an object, page by page. */
export function PeopleList({ object, isContained, mayReview, roles }: PeopleListProps) {
  const variables = { object, includeContained: isContained };
  const { pages, last, error, isFetching, fetchNextPage, refetch } = usePages({
    question: ['object-people', variables],
    isEnabled: mayReview,
    read: async (after) => (await ask(ObjectPeopleDocument, { ...variables, after })).accessReview,
  });
  const entries = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  if (!mayReview) return undefined;
  if (error !== null) return <Problem error={error} again={() => void refetch()} />;
  if (last === undefined) return undefined;
  return (
    <>
      <LiveAccess
        object={object}
        isContained={isContained}
        token={pages[0]?.consistencyToken ?? last.consistencyToken}
      />
      <p role="status" className="muted">
        {entries.length === 0 ? objectWords.nobody : shownCount(entries.length, last.pageInfo.hasNextPage)}
      </p>
      {entries.length > 0 && (
        <PeopleTable
          reviewed={object}
          entries={entries}
          actions={(entry) => <RowMenu entry={entry} reviewed={object} roles={roles} />}
        />
      )}
      <MoreButton
        page={last.pageInfo}
        isCutShort={last.isCutShort}
        isLoading={isFetching}
        onMore={() => void fetchNextPage()}
      />
      {!last.isComplete && <p>{objectWords.notComplete}</p>}
      {last.rightsComeFrom.length > 0 && (
        <p>
          {objectWords.comesFrom}{' '}
          {last.rightsComeFrom.map((one) => (
            <span key={one}>
              <Ref value={one} />{' '}
            </span>
          ))}
        </p>
      )}
      <PageTools query={String(ObjectPeopleDocument)} variables={variables} />
    </>
  );
}

import { useQuery } from '@apollo/client/react';
import { ShowListDocument } from './__generated__/operations.ts';
import { RefusalNote } from './refusal-note.tsx';
import { refusalOf } from './refusal-of.ts';

interface ShowListProps {
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** What the viewer may edit: a show is listed if and only if the permission is certain. Its query selects that one, to be asked again with it. */
export function ShowList({ chosen, onChoose }: ShowListProps) {
  const { data, error, loading, refetch, fetchMore } = useQuery(ShowListDocument, { errorPolicy: 'all' });
  const shows = data?.viewer?.shows;
  return (
    <nav aria-label="Your shows" aria-busy={loading}>
      <h2>Shows that you edit</h2>
      {error !== undefined && <RefusalNote to="reading" refusal={refusalOf(error)} onAgain={() => void refetch()} />}
      {data?.viewer === null && error === undefined && <p>Say who you are to see them.</p>}
      {shows?.edges.length === 0 && <p>There is no show that you may edit.</p>}
      <ul>
        {shows?.edges.map(({ node: { id, title } }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      {shows?.pageInfo.hasNextPage && (
        <button type="button" onClick={() => void fetchMore({ variables: { after: shows.pageInfo.endCursor } })}>
          More
        </button>
      )}
      {shows !== undefined && shows.undecidedCount > 0 && (
        <RefusalNote
          to="reading"
          refusal={{ kind: 'undecided', sentence: `${shows.undecidedCount} more could not be decided.` }}
        />
      )}
    </nav>
  );
}

import { useQuery } from '@apollo/client/react';
import { ShowPageDocument } from './__generated__/operations.ts';
import { EpisodeRow } from './episode-row.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalOf } from './refusal-of.ts';
import { ShowHead } from './show-head.tsx';
import { useLivePermissions } from './use-live-permissions.ts';

/** One query for the whole page, made of the fragments of its parts: no button asks for itself. */
export function ShowPage({ id }: { readonly id: string }) {
  // What is denied or not known is null, and the rest of the page is still shown.
  const { data, error, loading, refetch } = useQuery(ShowPageDocument, { variables: { id }, errorPolicy: 'all' });
  const show = data?.show;
  const episodes = [...(show?.episodes ?? []), ...(show?.drafts ?? [])];
  const isLive = useLivePermissions(show ? [`show:${id}`, ...episodes.map((one) => `episode:${one.id}`)] : []);
  return (
    <section aria-label="Show" aria-busy={loading}>
      {error !== undefined && <RefusalNote to="reading" refusal={refusalOf(error)} onAgain={() => void refetch()} />}
      {show && <ShowHead show={show} />}
      {show && !isLive && <p className="interrupted">Changes of what you may do are not heard of at the moment.</p>}
      {episodes.map((episode) => (
        <EpisodeRow key={episode.id} episode={episode} />
      ))}
    </section>
  );
}

import { useMutation } from '@apollo/client/react';
import { type EpisodeRowFragment, PublishEpisodeDocument, ShowPageDocument } from './__generated__/operations.ts';
import { forgetPermissions } from './cache.ts';
import { EpisodeScript } from './episode-script.tsx';
import { GuestInvitation } from './guest-invitation.tsx';
import { knownPermission } from './known-permission.ts';
import { PermittedButton } from './permitted-button.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalOf } from './refusal-of.ts';

export function EpisodeRow({ episode }: { readonly episode: EpisodeRowFragment }) {
  const { id, title, publishDate, permissions } = episode;
  const [publish, { error, loading, client }] = useMutation(PublishEpisodeDocument, {
    variables: { id, publishDate: new Date().toISOString().slice(0, 10) },
    refetchQueries: [ShowPageDocument],
    // What the button offered was refused, so what is known is old.
    onError: () => forgetPermissions(client, [{ __typename: 'Episode', id }]),
  });
  return (
    <article aria-label={title}>
      <h3>{title}</h3>
      <p>{publishDate === null ? 'Draft' : `Out on ${publishDate}`}</p>
      <div className="actions">
        <PermittedButton
          known={knownPermission(permissions, 'canPublish')}
          needs="can_publish"
          isBusy={loading}
          onPress={() => void publish()}
        >
          Publish today
        </PermittedButton>
        <EpisodeScript episode={episode} />
        <GuestInvitation episode={episode} />
      </div>
      {error !== undefined && <RefusalNote to="doing" refusal={refusalOf(error)} onAgain={() => void publish()} />}
    </article>
  );
}

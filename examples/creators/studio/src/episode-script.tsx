import { useLazyQuery } from '@apollo/client/react';
import { type EpisodeScriptFragment, ReadScriptDocument } from './__generated__/operations.ts';
import { knownPermission } from './known-permission.ts';
import { PermittedButton } from './permitted-button.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalOf } from './refusal-of.ts';

/** The script is guarded: it is kept in no cache, and not shown any longer than it may be read. */
export function EpisodeScript({ episode: { id, permissions } }: { readonly episode: EpisodeScriptFragment }) {
  const [read, { data, error, loading }] = useLazyQuery(ReadScriptDocument, {
    fetchPolicy: 'no-cache',
    errorPolicy: 'all',
  });
  const known = knownPermission(permissions, 'canEdit');
  const script = data?.episode?.script;
  return (
    <>
      <PermittedButton known={known} needs="can_edit" isBusy={loading} onPress={() => void read({ variables: { id } })}>
        Read script
      </PermittedButton>
      {known === 'allowed' && script != null && <blockquote>{script}</blockquote>}
      {error !== undefined && <RefusalNote to="reading" refusal={refusalOf(error)} />}
    </>
  );
}

import { useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { type GrantRoleInput, type GuestInvitationFragment, InviteGuestDocument } from './__generated__/operations.ts';
import { knownPermission } from './known-permission.ts';
import { PermittedButton } from './permitted-button.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalOf } from './refusal-of.ts';

/** Lets somebody listen to an episode: a role, given by Postern itself. */
export function GuestInvitation({ episode: { id, permissions } }: { readonly episode: GuestInvitationFragment }) {
  const known = knownPermission(permissions, 'canGrantGuest');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PermittedButton known={known} needs="can_grant_guest" onPress={() => setOpen(!isOpen)}>
        Invite a guest
      </PermittedButton>
      {isOpen && known === 'allowed' && <InvitationForm object={`episode:${id}`} />}
    </>
  );
}

function InvitationForm({ object }: { readonly object: string }) {
  const [input, setInput] = useState(() => newInvitation(object, ''));
  const [invite, { data, error, loading }] = useMutation(InviteGuestDocument, { onError: () => undefined });
  const payload = data?.grantRole;
  const send = () => void invite({ variables: { input } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit}>
      <label>
        Who{' '}
        <input
          value={input.subject}
          placeholder="user:lou"
          required
          onChange={({ target }) => setInput(newInvitation(object, target.value))}
        />
      </label>{' '}
      <button type="submit" disabled={loading}>
        Invite
      </button>
      {payload?.consistencyToken != null && <p role="status">{input.subject} may listen for a week.</p>}
      {payload?.userErrors.map(({ code, message }) => (
        <p key={code} role="alert">
          {message}
        </p>
      ))}
      {error !== undefined && <RefusalNote to="doing" refusal={refusalOf(error)} onAgain={send} />}
    </form>
  );
}

/** Made anew with each change of it: the same one, sent again, is done once. */
function newInvitation(object: string, subject: string): GrantRoleInput {
  const expires_at = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString();
  const condition = { name: 'not_expired', context: { expires_at } };
  return { object, role: 'guest', subject, condition, idempotencyKey: crypto.randomUUID() };
}

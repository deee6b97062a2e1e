import type { ShowHeadFragment } from './__generated__/operations.ts';
import { knownPermission } from './known-permission.ts';

const words = { allowed: 'yes', denied: 'no', unknown: 'not known at the moment' };

export function ShowHead({ show }: { readonly show: ShowHeadFragment }) {
  const team = knownPermission(show.permissions, 'canManageTeam');
  const analytics = knownPermission(show.permissions, 'canViewAnalytics');
  return (
    <>
      <h2>{show.title}</h2>
      <p>
        You manage its team: <b data-known={team}>{words[team]}</b>. You see its numbers:{' '}
        <b data-known={analytics}>{words[analytics]}</b>.
      </p>
    </>
  );
}

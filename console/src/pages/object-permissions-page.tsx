import { useParams } from '@tanstack/react-router';
import { useObjectRoles } from '../ask/object-roles.ts';
import { useObjectRights } from '../ask/rights.ts';
import { LiveAccess } from '../parts/live-access.tsx';
import { MyPermissions } from '../parts/my-permissions.tsx';
import { ObjectFrame } from '../parts/object-frame.tsx';
import { Problem } from '../parts/problem.tsx';
import { RoleList } from '../parts/role-list.tsx';
import { objectWords } from '../words/object-words.ts';

/** What one may do with an object, and what each of its roles gives. */
export function ObjectPermissionsPage() {
  const { object } = useParams({ from: '/objects/$object/permissions' });
  const { mayReview } = useObjectRights(object);
  const { data: roles, error, isNotForMe, refetch } = useObjectRoles(object);
  return (
    <ObjectFrame object={object}>
      {mayReview && <LiveAccess object={object} isContained={false} token={undefined} />}
      <MyPermissions object={object} title={objectWords.mine} none={objectWords.none} />
      <h2>{objectWords.roles}</h2>
      {isNotForMe && <p className="muted">{objectWords.rolesNotMine}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {roles !== undefined && <RoleList object={object} roles={roles} />}
    </ObjectFrame>
  );
}

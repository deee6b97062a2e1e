import { office } from '../../graphql/support/office.ts';

/** The office, where a folder keeps an owner, and one is open to everybody. */
export const busyOffice = `${office.replace('define can_grant_admin: owner', 'define can_grant_admin: owner\n      define must_keep: owner')}  - { user: 'user:*', relation: viewer, object: folder:open }
`;

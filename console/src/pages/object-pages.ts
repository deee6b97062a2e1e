export { ObjectHistoryPage } from './object-history-page.tsx';
export { ObjectPeoplePage } from './object-people-page.tsx';
export { ObjectPermissionsPage } from './object-permissions-page.tsx';

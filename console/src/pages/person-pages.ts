export { PersonAccessPage } from './person-access-page.tsx';
export { PersonOffboardPage } from './person-offboard-page.tsx';

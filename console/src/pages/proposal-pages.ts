export { ProposalPage } from './proposal-page.tsx';
export { ProposalsPage } from './proposals-page.tsx';
export { ProposeRolePage } from './propose-role-page.tsx';

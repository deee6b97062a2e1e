import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame/frame.tsx';
import { HomePage } from './pages/home-page.tsx';
import { NoPage } from './pages/no-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { parseSearch, stringifySearch, texts } from './search-parameters.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: NoPage });
const below = { getParentRoute: () => root };
const askPages = () => import('./pages/ask-pages.ts');
const auditPage = () => import('./pages/audit-page.tsx');
const objectPages = () => import('./pages/object-pages.ts');
const personPages = () => import('./pages/person-pages.ts');
const modelPages = () => import('./pages/model-pages.ts');
const reviewPage = () => import('./pages/review-page.tsx');
const findingPages = () => import('./pages/findings-page.tsx');
const proposalPages = () => import('./pages/proposal-pages.ts');
const peopleStart = () => import('./pages/people-start-page.tsx');
const settings = () => import('./pages/settings-page.tsx');
const questions = texts('subject', 'permission', 'object', 'type', 'context');

const routes = [
  createRoute({ ...below, path: '/', component: HomePage }),
  createRoute({
    ...below,
    path: '/ask/why',
    component: lazyRouteComponent(askPages, 'AskWhyPage'),
    validateSearch: questions,
  }),
  createRoute({
    ...below,
    path: '/ask/who',
    component: lazyRouteComponent(askPages, 'AskWhoPage'),
    validateSearch: questions,
  }),
  createRoute({
    ...below,
    path: '/ask/what',
    component: lazyRouteComponent(askPages, 'AskWhatPage'),
    validateSearch: questions,
  }),
  createRoute({
    ...below,
    path: '/objects/$object',
    component: lazyRouteComponent(objectPages, 'ObjectPeoplePage'),
    validateSearch: texts('contained', 'grant', 'change', 'role', 'subject', 'leaver'),
  }),
  createRoute({
    ...below,
    path: '/objects/$object/permissions',
    component: lazyRouteComponent(objectPages, 'ObjectPermissionsPage'),
  }),
  createRoute({
    ...below,
    path: '/objects/$object/history',
    component: lazyRouteComponent(objectPages, 'ObjectHistoryPage'),
  }),
  createRoute({
    ...below,
    path: '/objects/$object/structure',
    component: lazyRouteComponent(() => import('./pages/object-structure-page.tsx'), 'ObjectStructurePage'),
  }),
  createRoute({ ...below, path: '/people', component: lazyRouteComponent(peopleStart, 'PeopleStartPage') }),
  createRoute({
    ...below,
    path: '/people/$subject',
    component: lazyRouteComponent(personPages, 'PersonAccessPage'),
    validateSearch: texts('within'),
  }),
  createRoute({
    ...below,
    path: '/people/$subject/teams',
    component: lazyRouteComponent(() => import('./pages/person-teams-page.tsx'), 'PersonTeamsPage'),
    validateSearch: texts('within'),
  }),
  createRoute({
    ...below,
    path: '/people/$subject/timeline',
    component: lazyRouteComponent(() => import('./pages/person-timeline-page.tsx'), 'PersonTimelinePage'),
    validateSearch: texts('within'),
  }),
  createRoute({
    ...below,
    path: '/people/$subject/off-board',
    component: lazyRouteComponent(personPages, 'PersonOffboardPage'),
    validateSearch: texts('within'),
  }),
  createRoute({ ...below, path: '/reviews', component: lazyRouteComponent(reviewPage, 'ReviewStartPage') }),
  createRoute({
    ...below,
    path: '/reviews/$object',
    component: lazyRouteComponent(reviewPage, 'ReviewPage'),
    validateSearch: texts('contained', 'role', 'before', 'withoutEnd', 'outsiders'),
  }),
  createRoute({ ...below, path: '/findings', component: lazyRouteComponent(findingPages, 'FindingsStartPage') }),
  createRoute({
    ...below,
    path: '/findings/$object',
    component: lazyRouteComponent(findingPages, 'FindingsPage'),
    validateSearch: texts('kind', 'type', 'alone', 'insiders', 'steps', 'days', 'end'),
  }),
  createRoute({
    ...below,
    path: '/proposals',
    component: lazyRouteComponent(proposalPages, 'ProposalsPage'),
    validateSearch: texts('show', 'object'),
  }),
  createRoute({
    ...below,
    path: '/proposals/new',
    component: lazyRouteComponent(proposalPages, 'ProposeRolePage'),
    validateSearch: texts('object', 'role', 'subject'),
  }),
  createRoute({
    ...below,
    path: '/proposals/$id',
    component: lazyRouteComponent(proposalPages, 'ProposalPage'),
    validateSearch: texts('again'),
  }),
  createRoute({
    ...below,
    path: '/break-glass',
    component: lazyRouteComponent(() => import('./pages/break-glass-page.tsx'), 'BreakGlassPage'),
  }),
  createRoute({
    ...below,
    path: '/audit',
    component: lazyRouteComponent(auditPage, 'AuditPage'),
    validateSearch: texts('object', 'subject', 'actor', 'action', 'outcome'),
  }),
  createRoute({ ...below, path: '/models', component: lazyRouteComponent(modelPages, 'ModelsPage') }),
  createRoute({
    ...below,
    path: '/models/draft',
    component: lazyRouteComponent(modelPages, 'ModelDraftPage'),
    validateSearch: texts('from'),
  }),
  createRoute({ ...below, path: '/models/$model', component: lazyRouteComponent(modelPages, 'ModelPage') }),
  createRoute({
    ...below,
    path: '/models/$model/map',
    component: lazyRouteComponent(modelPages, 'ModelMapPage'),
    validateSearch: texts('type'),
  }),
  createRoute({
    ...below,
    path: '/models/$model/compare',
    component: lazyRouteComponent(modelPages, 'ModelComparePage'),
    validateSearch: texts('with'),
  }),
  createRoute({
    ...below,
    path: '/models/$model/activate',
    component: lazyRouteComponent(modelPages, 'ModelActivatePage'),
  }),
  createRoute({
    ...below,
    path: '/models/$model/types/$type',
    component: lazyRouteComponent(modelPages, 'ModelTypePage'),
  }),
  createRoute({ ...below, path: '/settings', component: lazyRouteComponent(settings, 'SettingsPage') }),
  createRoute({ ...below, path: '/sign-in', component: SignInPage, validateSearch: texts('to', 'failed') }),
] as const;

export function createConsoleRouter() {
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: '/console',
    parseSearch,
    stringifySearch,
    pathParamsAllowedCharacters: [':', '@'],
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: ReturnType<typeof createConsoleRouter>;
  }
}

import { listViewerPermissions } from '../../operations/list-viewer-permissions.ts';
import type { ViewerResolvers } from '../__generated__/resolver-types.ts';
import { problemError } from '../errors.ts';
import { assertCount, maxChecksPerField, maxObjectsPerField } from '../limits.ts';
import { permissionDecision } from '../permission-decision.ts';

/** What an object counts as in the budget of a request: types have about as many permissions. */
const checksPerObject = 10;

export const Viewer: ViewerResolvers = {
  subject: ({ subject }) => subject,
  can: async (_viewer, { permission, object }, { decisions }) => {
    const decision = await decisions.load({ permission, object });
    if (decision.kind === 'undecided') throw problemError(decision.problem);
    return decision.kind === 'allowed';
  },
  permissions: async (viewer, { objects }, { postern, budget }) => {
    assertCount(objects, maxObjectsPerField, 'objects');
    budget.question();
    budget.checks(objects.length * checksPerObject);
    const permissions = await listViewerPermissions(postern, viewer, objects);
    if (!permissions.ok) throw problemError(permissions.problem);
    return permissions.value;
  },
  decisions: async (_viewer, { checks }, { decisions }) => {
    assertCount(checks, maxChecksPerField, 'checks');
    const answers = await Promise.all(checks.map((check) => decisions.load(check)));
    return answers.map(permissionDecision);
  },
};

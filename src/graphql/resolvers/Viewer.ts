import { invariant } from '../../base/invariant.ts';
import { tokenOf } from '../../model/consistency-token.ts';
import { limits } from '../../model/limits.ts';
import { fingerprintPermissions } from '../../operations/access/fingerprint-permissions.ts';
import { listViewerObjects } from '../../operations/access/list-accessible-objects.ts';
import { listViewerPermissions } from '../../operations/access/list-viewer-permissions.ts';
import type { ViewerResolvers } from '../__generated__/resolver-types.ts';
import { assertCount, pageSize } from '../checked-arguments.ts';
import { badInput, problemError, refusalError } from '../errors.ts';
import { objectConnection } from '../object-connection.ts';
import { permissionDecision } from '../permission-decision.ts';

export const Viewer: ViewerResolvers = {
  subject: ({ viewer }) => viewer.subject,
  can: async ({ decisions }, { permission, object }) => {
    const decision = await decisions.load({ permission, object });
    if (decision.kind === 'undecided') throw problemError(decision.problem);
    return decision.kind === 'allowed';
  },
  permissions: async ({ viewer, consistency }, { objects }, { postern }) => {
    assertCount(objects, limits.objectsPerField.most, 'objects');
    const permissions = await listViewerPermissions(postern, viewer, objects, consistency);
    if (!permissions.ok) throw problemError(permissions.problem);
    return permissions.value;
  },
  decisions: async ({ decisions }, { checks }) => {
    assertCount(checks, limits.checksPerField.most, 'checks');
    const answers = await decisions.loadAll(checks, true);
    return [...decisions.handOut(answers.map(permissionDecision))];
  },
  permissionFingerprint: async ({ decisions }, { checks }, { postern }) => {
    assertCount(checks, limits.checksPerField.most, 'checks');
    if (checks.length === 0)
      throw badInput('"checks" is empty: a fingerprint of nothing would be equal for everybody.');
    const { decisions: answers, state } = await decisions.loadWithState(checks);
    const value = await fingerprintPermissions(postern, checks, answers);
    if (!value.ok) throw problemError(value.problem);
    invariant(state !== undefined, 'what is decided was decided on a state');
    return { value: value.value, consistencyToken: tokenOf(state) };
  },
  objects: async ({ viewer, consistency }, { type, permission, first, after }, { postern }) => {
    const input = { type, permission, first: pageSize(first), after: after ?? undefined, consistency };
    const page = await listViewerObjects(postern, viewer, input);
    if (!page.ok) throw refusalError(page.problem);
    const { undecided, ...connection } = objectConnection(page.value, after, (object) => object);
    return { ...connection, undecidedCount: undecided.length };
  },
};

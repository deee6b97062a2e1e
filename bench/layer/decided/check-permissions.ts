import { ok } from '../../../src/base/result.ts';
import { tokenOf } from '../../../src/model/consistency-token.ts';
import type { checkPermissions as original } from '../../../src/operations/access/check-permissions.ts';
import { decisionOf } from './decision-of.ts';

export const checkPermissions: typeof original = async (_postern, _actor, { checks }) =>
  ok({
    decisions: checks.map((_check, index) => decisionOf(index)),
    token: tokenOf({ identity: 'bench', revision: 1, mark: undefined }),
    ageMs: 0,
  });

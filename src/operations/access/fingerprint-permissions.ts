import { createHmac } from 'node:crypto';
import { fingerprintText } from '#guard/fingerprint';
import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { deriveKey } from '../../store/seal.ts';
import type { Right } from '../ask-rights.ts';
import type { Postern } from '../postern.ts';
import { problemOfFailure } from '../problem-of-failure.ts';

/**
 * One value for what was decided: the same for the same questions with the same answers, whoever asked them, and another one for everything
 * else. Only with the secret of the store can it be made or read. There is none where something is undecided: that is no answer.
 */
export async function fingerprintPermissions(
  postern: Postern,
  rights: readonly Right[],
  decisions: readonly Decision[],
): Promise<Result<string, Problem>> {
  const decided = [];
  for (const [{ permission, object }, decision] of zip(rights, decisions)) {
    if (decision.kind === 'undecided') return failed(decision.problem);
    decided.push({ permission, object: formatObjectRef(object), isAllowed: decision.kind === 'allowed' });
  }
  try {
    const key = deriveKey(await postern.store.cursorKey(), 'permission fingerprint');
    return ok(createHmac('sha256', key).update(fingerprintText(decided)).digest('base64url'));
  } catch (error) {
    return failed(problemOfFailure(postern, 'A permission fingerprint could not be made.', error));
  }
}

import type { Decision, PermissionCheck, PosternClient } from './decision.ts';

/** Whatever a client does that it must not do, leaves every check undecided. */
export async function decideAll(
  client: PosternClient,
  checks: readonly PermissionCheck[],
  authorization: string,
  consistency: string | undefined,
): Promise<readonly Decision[]> {
  if (checks.length === 0) return [];
  try {
    const decisions: readonly unknown[] = await client.decide(checks, authorization, consistency);
    if (Array.isArray(decisions) && decisions.length === checks.length) return Array.from(decisions, readDecision);
    return checks.map(() => undecided('The client did not answer each check with one decision.'));
  } catch {
    // The message of what was thrown may quote the token.
    return checks.map(() => undecided('The client failed.'));
  }
}

const kinds: ReadonlySet<unknown> = new Set<Decision['kind']>(['allowed', 'denied', 'unauthenticated', 'undecided']);

function readDecision(decision: unknown): Decision {
  return isDecision(decision) ? decision : undecided('The client answered with something that is no decision.');
}

function isDecision(value: unknown): value is Decision {
  return typeof value === 'object' && value !== null && kinds.has(Reflect.get(value, 'kind'));
}

function undecided(reason: string): Decision {
  return { kind: 'undecided', reason };
}

import type { Decision, PermissionCheck, PosternClient } from '../decision.ts';

/** Asks everything in one call; whatever goes wrong on the way is no decision. */
export async function decideAll(
  client: PosternClient,
  checks: readonly PermissionCheck[],
  readAuthorization: () => Authorization | Promise<Authorization>,
): Promise<readonly Decision[]> {
  if (checks.length === 0) return [];
  try {
    const decisions = await client.decide(checks, (await readAuthorization()) ?? undefined);
    // Answers to other questions than ours are none.
    return decisions.length === checks.length ? decisions : [];
  } catch {
    return [];
  }
}

export type Authorization = string | null | undefined;

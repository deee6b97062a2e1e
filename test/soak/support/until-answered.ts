import { setTimeout as sleep } from 'node:timers/promises';
import { askServer } from './client.ts';
import type { SoakServer } from './run-server.ts';

/** How long it takes until a read and a write are answered. */
export async function untilAnswered(server: SoakServer): Promise<number> {
  const since = performance.now();
  const questions = [
    [
      'service:ops',
      '{ checkPermissions(input: { checks: [{ subject: "user:u1", permission: "can_view", object: "folder:f1" }] }) { decisions { error { code } } } }',
    ],
    [
      'user:olga',
      'mutation { revokeRole(input: { object: "folder:shared", role: "viewer", subject: "user:nobody" }) { userErrors { code } } }',
    ],
  ] as const;
  for (const [as, query] of questions) {
    while ((await askServer(server, as, query)).code !== undefined && performance.now() - since < 4 * mostRecoveryMs)
      await sleep(20);
  }
  return performance.now() - since;
}

export const mostRecoveryMs = 10_000;

import { decideAll } from '../decide-all.ts';
import type { PermissionCheck, PosternClient } from '../decision.ts';
import { type Answers, type Refusing, refuseAll } from './judge-operation.ts';

export type Authorization = string | null | undefined;

/** Asks everything in one call; whatever goes wrong on the way is no decision. */
export async function askAll(
  client: PosternClient,
  checks: readonly PermissionCheck[],
  readAuthorization: () => Authorization | Promise<Authorization>,
  consistency: string | undefined,
): Promise<Answers> {
  const authorization = await tryRead(readAuthorization);
  if (typeof authorization !== 'string') return refuseAll(checks, authorization);
  // They are no more than one call takes.
  return { decisions: await decideAll(client, checks, authorization, consistency), withoutObject: { kind: 'denied' } };
}

/** The token to ask with, or what holds without one. */
async function tryRead(read: () => Authorization | Promise<Authorization>): Promise<string | Refusing> {
  try {
    const authorization: unknown = await read();
    if (authorization === undefined || authorization === null) return { kind: 'unauthenticated' };
    if (typeof authorization !== 'string') return unknownCaller;
    return authorization.trim() === '' ? { kind: 'unauthenticated' } : authorization;
  } catch {
    return unknownCaller;
  }
}

const unknownCaller: Refusing = { kind: 'undecided', reason: 'The option "authorization" gave no string.' };

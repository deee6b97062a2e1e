import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Console } from './console.ts';
import type { ProviderTokens } from './provider.ts';

/** However often a session is renewed: after this long one signs in. */
const longestSessionMs = 12 * 60 * 60_000;

/** What a session can be renewed for. */
export interface Renewal {
  /** Of the sign-in. */
  readonly name: string;
  /** Who signed in: nobody else goes on with the session. */
  readonly subject: string;
  readonly signedInAtMs: number;
}

/**
 * Keeps what the session can be renewed with, in a sealed cookie of its own that ends with the session. Where the provider gives no such
 * thing, or one that no cookie holds, the session ends with its token.
 */
export async function keepRenewal(
  { cookies }: Console,
  reply: FastifyReply,
  { refreshToken, endsAt }: Pick<ProviderTokens, 'refreshToken'> & { readonly endsAt: Date },
  { name, subject, signedInAtMs }: Renewal,
): Promise<void> {
  const content = { name, subject, signedInAtMs, refreshToken };
  const isKept = refreshToken !== undefined && (await cookies.give(reply, 'renewal', content, endsAt));
  if (!isKept) cookies.take(reply, 'renewal');
}

/** What the session of a request can be renewed with; undefined where it cannot be. */
export async function readRenewal(
  { cookies }: Console,
  request: FastifyRequest,
): Promise<(Renewal & { readonly refreshToken: string }) | undefined> {
  const { name, subject, signedInAtMs, refreshToken } = (await cookies.read(request, 'renewal')) ?? {};
  if (typeof name !== 'string' || typeof subject !== 'string' || typeof refreshToken !== 'string') return undefined;
  if (typeof signedInAtMs !== 'number' || Date.now() - signedInAtMs > longestSessionMs) return undefined;
  return { name, subject, signedInAtMs, refreshToken };
}

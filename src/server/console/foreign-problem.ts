import type { FastifyRequest } from 'fastify';
import { isOwnBrowser } from '../http/is-own-browser.ts';
import type { Console } from './console.ts';

/**
 * What is wrong with where a request comes from that would be done with the cookie of whoever sends it: browsers say of each whether
 * it is the console's own page that asks, and no other page can keep them from it.
 */
export function foreignProblem(request: FastifyRequest, { origin }: Pick<Console, 'origin'>): string | undefined {
  const { headers } = request;
  if (headers['sec-fetch-site'] !== 'same-origin') return notOwn;
  if (origin !== undefined) return headers.origin === origin ? undefined : notOwn;
  const isHere = isOwnBrowser({ headers, remoteAddress: request.socket.remoteAddress });
  return isHere && headers.origin === `http://${headers.host}` ? undefined : notOwn;
}

const notOwn = 'Only a page of the console may ask this, at the address that the console is served at.';

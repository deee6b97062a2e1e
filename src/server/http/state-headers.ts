import type { FastifyReply } from 'fastify';
import { type AgedPosition, formatConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { consistencyHeader } from './read-consistency-header.ts';

/** The header that says how old the oldest state is that anything in an answer comes from, in milliseconds. */
export const stateAgeHeader = 'postern-state-age-ms';

/** What an answer says of the older state that it comes from: which one it is, and its age. Nothing where it missed nothing. */
export function stateHeadersOf(oldest: AgedPosition | undefined): readonly (readonly [string, string])[] {
  if (oldest === undefined) return [];
  return [
    [stateAgeHeader, String(oldest.ageMs)],
    [consistencyHeader, formatConsistencyToken(tokenOf(oldest))],
  ];
}

/** Says of an answer which state it comes from. Of one that needed no state, as to what nothing can be named, there is none. */
export function tellState(reply: FastifyReply, state: AgedPosition | undefined): void {
  if (state === undefined) return;
  void reply.header(consistencyHeader, formatConsistencyToken(tokenOf(state)));
  if (state.ageMs > 0) void reply.header(stateAgeHeader, String(state.ageMs));
}

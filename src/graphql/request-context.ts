import { invariant } from '../base/invariant.ts';
import type { Consistency } from '../model/consistency.ts';
import type { Viewer } from '../operations/actor.ts';
import type { Pass } from '../operations/gate.ts';
import type { Notices } from '../operations/notices.ts';
import type { OlderAnswers } from '../operations/older-answers.ts';
import type { Postern } from '../operations/postern.ts';
import type { DecisionLoader } from './decision-loader.ts';
import { unauthenticated } from './errors.ts';

/** What the resolvers of one request share. */
export interface RequestContext {
  readonly postern: Postern;
  /** Null when the request carries no token. */
  readonly viewer: Viewer | null;
  /** How fresh every answer must be that says nothing of its own. */
  readonly consistency: Consistency;
  /** Collects every check about the viewer in this request into one batch. */
  readonly decisions: DecisionLoader;
  /** What subscriptions end with; undefined for a request with one answer. */
  readonly session: Session | undefined;
  /** The room that its work takes; undefined for what has no end. */
  readonly pass?: Pass | undefined;
  /** What its answer says besides; undefined where there is no answer with a place for it. */
  readonly notices?: Notices;
  /** Which older states its answers come from; undefined where none may. */
  readonly olderAnswers?: OlderAnswers;
}

/** The connection of a subscriber. */
export interface Session {
  /** Aborted when the connection, the token or the server has ended; the reason is an error where the client is told. */
  readonly ended: AbortSignal;
}

/** The connection of a subscription, which exists wherever subscriptions are answered. */
export function sessionOf({ session }: RequestContext): Session {
  invariant(session !== undefined, 'a subscription has a session');
  return session;
}

/** The viewer of a field that the shield lets nobody reach without one. */
export function viewerOf({ viewer }: RequestContext): Viewer {
  if (viewer === null) throw unauthenticated();
  return viewer;
}

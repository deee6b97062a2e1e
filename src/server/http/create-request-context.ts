import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { invariant } from '../../base/invariant.ts';
import { createDecisionLoader, type DecisionLoader } from '../../graphql/decision-loader.ts';
import { badInput, unauthenticated, unavailableError } from '../../graphql/errors.ts';
import type { RequestContext, Session } from '../../graphql/request-context.ts';
import { missingNothing, usualConsistency } from '../../model/consistency.ts';
import type { Callers } from '../../operations/callers.ts';
import type { Pass } from '../../operations/gate.ts';
import { Notices } from '../../operations/notices.ts';
import { OlderAnswers } from '../../operations/older-answers.ts';
import { type Postern, workingFor } from '../../operations/postern.ts';
import type { Authenticated, Authenticator, Rejected, Unavailable } from '../identity/authenticate.ts';
import { viewerOf } from '../identity/viewer-of.ts';
import { admittedOf } from './admit-request.ts';
import { consistencyHeader, readConsistencyHeader } from './read-consistency-header.ts';
import { withStatus } from './with-status.ts';

export interface ContextParts {
  readonly postern: Postern;
  readonly authenticator: Authenticator;
  readonly callers: Callers;
}

/** Who asks, decided before any field is; a token that is there and not valid is never taken for none. */
export async function createRequestContext(
  request: FastifyRequest,
  { postern }: ContextParts,
  pass: Pass | undefined,
): Promise<RequestContext> {
  const admitted = admittedOf(request);
  invariant(admitted !== undefined, 'whoever asks was admitted');
  const { authentication, caller, isGone } = admitted;
  switch (authentication.kind) {
    case 'anonymous':
      return { ...nobodys, postern: workingFor(postern, caller, isGone), pass };
    case 'authenticated': {
      const consistency = readConsistencyHeader(request.headers[consistencyHeader]);
      if (!consistency.ok) throw withStatus(badInput(consistency.problem));
      const notices = new Notices();
      const olderAnswers = new OlderAnswers();
      const working = {
        ...workingFor(postern, caller, isGone),
        notice: notices.add,
        answeredFrom: olderAnswers.add,
      };
      const context = contextOf(authentication, request.id, working, undefined, consistency.value);
      return { ...context, notices, olderAnswers, pass };
    }
    case 'rejected':
    case 'unavailable':
      throw withStatus(authenticationError(authentication));
  }
}

/** What somebody with a verified token works with, in a request or for as long as a session lasts. */
export function contextOf(
  authenticated: Authenticated,
  requestId: string,
  postern: Postern,
  session: Session | undefined,
  // What is said after an event must not be from before it.
  consistency = session === undefined ? usualConsistency : missingNothing,
): RequestContext {
  const viewer = viewerOf(authenticated, requestId);
  return { postern, viewer, consistency, decisions: createDecisionLoader(postern, viewer, consistency), session };
}

/** What somebody is told whose token is not good, or cannot be judged now. */
export function authenticationError(authentication: Rejected | Unavailable): GraphQLError {
  if (authentication.kind === 'rejected') return unauthenticated(authentication.reason);
  return unavailableError('The token cannot be verified at the moment; try again.');
}

/** Without a viewer there is nothing to decide; a field that asks all the same must not get an answer. */
const nobodysDecisions: DecisionLoader = {
  load: async () => {
    throw unauthenticated();
  },
  loadAll: async () => {
    throw unauthenticated();
  },
  loadWithState: async () => {
    throw unauthenticated();
  },
  handOut: (items) => items,
  forget: () => {},
};

const nobodys = { viewer: null, consistency: usualConsistency, decisions: nobodysDecisions, session: undefined };

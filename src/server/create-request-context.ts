import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { createDecisionLoader, type DecisionLoader } from '../graphql/decision-loader.ts';
import { unauthenticated, unavailableError } from '../graphql/errors.ts';
import { createRequestBudget } from '../graphql/limits.ts';
import type { RequestContext, Session } from '../graphql/request-context.ts';
import type { Postern } from '../operations/postern.ts';
import type { Authenticated, Authenticator, Rejected, Unavailable } from './authenticate.ts';
import { viewerOf } from './viewer-of.ts';

export interface ContextParts {
  readonly postern: Postern;
  readonly authenticator: Authenticator;
}

/** Who asks, decided before any field is; a token that is there and not valid is never taken for none. */
export async function createRequestContext(
  request: FastifyRequest,
  { authenticator, postern }: ContextParts,
): Promise<RequestContext> {
  const authentication = await authenticator.authenticate(request.headers.authorization);
  switch (authentication.kind) {
    case 'anonymous':
      return { postern, viewer: null, decisions: nobodysDecisions, budget: createRequestBudget(), session: undefined };
    case 'authenticated':
      return contextOf(authentication, request.id, postern, undefined);
    case 'rejected':
      throw withStatus(authenticationError(authentication), 401);
    case 'unavailable':
      throw withStatus(authenticationError(authentication), 503);
  }
}

/** What somebody with a verified token works with, in a request or for as long as a session lasts. */
export function contextOf(
  authenticated: Authenticated,
  requestId: string,
  postern: Postern,
  session: Session | undefined,
): RequestContext {
  const budget = createRequestBudget();
  const viewer = viewerOf(authenticated, requestId);
  return { postern, viewer, decisions: createDecisionLoader(postern, viewer, budget), budget, session };
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
  forget: () => {},
};

function withStatus(error: GraphQLError, status: number): GraphQLError {
  error.extensions.http = { status };
  return error;
}

import type { FastifyInstance, onRequestHookHandler, RouteOptions } from 'fastify';
import type { Authenticator } from '../identity/authenticate.ts';
import type { StreamRoute } from '../subscriptions/add-stream-route.ts';
import { addFileRoutes } from './answer-files.ts';
import type { Console } from './console.ts';
import { answerSession, demandSession, refuseChanged, refuseForeign, tokenFromCookie } from './console-session.ts';
import { addDevelopmentSignIn } from './development-sign-in.ts';
import { addProviderSignIn } from './provider-sign-in.ts';
import { renewSession } from './renew-session.ts';
import { signOut, takeCookies } from './sign-out.ts';

/** How GraphQL is answered to whoever was admitted. */
export type GraphqlRoute = Pick<RouteOptions, 'preValidation' | 'preHandler' | 'handler'>;

export interface ConsoleRouteParts {
  readonly authenticator: Authenticator;
  /** Names whoever sends a request, and charges them. */
  readonly admit: onRequestHookHandler;
  readonly graphql: GraphqlRoute;
  readonly stream: StreamRoute;
}

/** The console at `/console`, with routes of its own for what it asks: nothing else on this server looks at cookies. */
export function addConsole(app: FastifyInstance, console: Console, parts: ConsoleRouteParts): void {
  const { admit, graphql, stream } = parts;
  addFileRoutes(app, console);
  const byCookie = tokenFromCookie(console);
  const ofSession = [refuseForeign(console), byCookie, admit, demandSession, refuseChanged];
  app.route({
    url: '/console/graphql',
    method: 'POST',
    ...graphql,
    onRequest: ofSession,
  });
  app.route({
    url: '/console/graphql/stream',
    method: 'POST',
    handler: stream.handler,
    onRequest: [refuseForeign(console), byCookie, stream.admit, demandSession, refuseChanged],
  });
  app.get('/console/session', { onRequest: [byCookie, admit] }, answerSession(console));
  const leaving = [refuseForeign(console), takeCookies(console), byCookie, admit];
  app.post('/console/sign-out', { onRequest: leaving }, signOut(console));
  if (console.signIns.length > 0) {
    addProviderSignIn(app, console, parts);
    app.post('/console/session/renew', { onRequest: ofSession }, renewSession(console, parts.authenticator));
  }
  if (console.development !== undefined) addDevelopmentSignIn(app, console, console.development);
}

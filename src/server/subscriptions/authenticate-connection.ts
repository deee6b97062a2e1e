import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { callerName } from '../../operations/actor.ts';
import type { SocketConnection } from './socket-connection.ts';
import type { SubscriptionParts } from './subscription-parts.ts';

/** A client may come back with a better token. */
const forbidden = 4403;
const tryAgainLater = 1013;

/** Who opened a WebSocket: by the header of its request, or by the parameters of its first message. False closes it. */
export async function authenticateConnection(
  connection: SocketConnection,
  params: unknown,
  countSubscriptions: () => number,
  { authenticator, sessions }: Pick<SubscriptionParts, 'authenticator' | 'sessions'>,
): Promise<boolean> {
  const { socket, request, session } = connection;
  const given = authorizationOf(request.headers.authorization, params);
  if (!given.ok) return refuse(connection, forbidden, given.problem);
  const authentication = await authenticator.authenticate(given.value);
  switch (authentication.kind) {
    case 'anonymous':
      return refuse(connection, forbidden, 'Subscribing needs a valid token.');
    case 'rejected':
      // A reason quotes the token, and must fit into 123 bytes here.
      return refuse(connection, forbidden, 'The token is not valid.');
    case 'unavailable':
      return refuse(connection, tryAgainLater, 'The token cannot be verified at the moment.');
    case 'authenticated':
      if (!sessions.assign(session, callerName(authentication), countSubscriptions)) {
        return refuse(connection, tryAgainLater, 'You have too many connections at the moment.');
      }
      connection.caller = authentication;
      session.endAt(authentication.expiresAt);
      return socket.readyState === socket.OPEN;
  }
}

function refuse({ socket }: SocketConnection, code: number, reason: string): false {
  socket.close(code, reason);
  return false;
}

/** Two that differ are nobody's: whoever wrote one of them may not have seen the other. */
function authorizationOf(header: string | undefined, params: unknown): Result<string | undefined, string> {
  const param = isRecord(params) && Object.hasOwn(params, 'authorization') ? params.authorization : undefined;
  if (param === undefined) return ok(header);
  if (typeof param !== 'string') return failed('The parameter "authorization" is not text.');
  if (header !== undefined && header !== param) return failed('Header and parameters name two callers.');
  return ok(param);
}

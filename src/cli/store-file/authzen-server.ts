import { invariant } from '../../base/invariant.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import { subjectOf } from '../../model/subject-ref.ts';
import { Callers } from '../../operations/callers.ts';
import { Gate } from '../../operations/gate.ts';
import type { Postern } from '../../operations/postern.ts';
import { buildFromStore } from '../../server/answering-server.ts';
import { createHttpServer, type HttpServer } from '../../server/create-http-server.ts';
import { createLog } from '../../server/create-log.ts';
import type { Authenticator } from '../../server/identity/authenticate.ts';
import type { TokenClass } from '../../server/identity/token-class.ts';
import type { AuthzenSuite } from './authzen-suite.ts';
import type { RawRelationship } from './raw-relationship.ts';

/** What a suite's model needs besides, so that somebody may ask; its names are nobody else's. */
export const askingTypes = `
type postern_test_caller
type postern_test_platform
  relations
    define can_check_any_subject: [postern_test_caller]
`;

export const askingRelationship: RawRelationship = {
  user: 'postern_test_caller:suite',
  relation: 'can_check_any_subject',
  object: 'postern_test_platform:main',
};

export const suiteOrigin = 'https://pdp.example';

/** A whole server in this process that listens nowhere: what is asked goes through everything that a request goes through. */
export async function openAuthzenServer(given: Postern, { isFull }: Pick<AuthzenSuite, 'isFull'>): Promise<HttpServer> {
  const platform = parseObjectRef(askingRelationship.object);
  invariant(platform.ok, 'the name is one');
  const postern = { ...given, platform: platform.value };
  const { schema } = await buildFromStore(postern.store, { entities: new Map() });
  return createHttpServer({
    ...{ schema, postern, authenticator: everybodyIsTheSuite(), mode: 'production', log: createLog('silent') },
    // A suite asks as fast as it can, as one caller.
    callers: new Callers({ usual: 1_000_000, service: 1_000_000 }),
    gate: new Gate(1000, 10_000),
    ...{ developmentKeys: undefined, coprocessor: undefined },
    authzen: {
      origin: suiteOrigin,
      settings: { actions: isFull ? 'full' : 'plain', aliases: new Map(), idEncoding: 'none', claimTypes: new Set() },
    },
  });
}

/** No token is looked at: this server is nobody else's. */
function everybodyIsTheSuite(): Authenticator {
  const caller = parseObjectRef(askingRelationship.user);
  invariant(caller.ok, 'the name is one');
  const tokenClass: TokenClass = {
    ...{ subjectType: caller.value.type, issuer: suiteOrigin, audience: suiteOrigin, subjectClaim: 'sub' },
    ...{ subjectEncoding: 'none', algorithms: [], context: new Map(), doors: new Set(['authzen']) },
    keys: { kind: 'local', jwks: { keys: [] } },
  };
  const expiresAt = new Date(Date.now() + 86_400_000);
  const suite = { subject: subjectOf(caller.value), context: new Map(), tokenClass, delegate: undefined };
  return {
    authenticate: () => ({ kind: 'authenticated', ...suite, scopes: new Set(), expiresAt }),
    canVerify: async () => true,
  };
}

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { makeKey, signToken } from '../../server/support/tokens.ts';

/** A small provider of OpenID Connect that lets everybody in as whoever it is told, and holds clients to PKCE and their secrets. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** Claims besides the usual ones, or instead of them, of the tokens that are given out from now on. */
  change(of: 'access' | 'id', claims: Readonly<Record<string, unknown>>): void;
  /** From now on it gives out nothing, and says why by this status; undefined: it works again. */
  fail(status: number | undefined): void;
  /** Whether tokens are signed with a key that nobody can fetch. */
  hideKeys(areHidden: boolean): void;
  /** What it was told to renew no more. */
  readonly revocations: readonly string[];
  /** Why it refused, in order. */
  readonly refusals: readonly string[];
}

export const testClient = { clientId: 'console', clientSecret: 'a secret of the console' };

interface Grant {
  readonly redirectUri: string;
  readonly nonce: string;
  readonly challenge: string;
  /** Whether tokens can be had again, without the person. */
  readonly isOffline: boolean;
}

export async function startProvider(): Promise<TestProvider> {
  const key = await makeKey('p1');
  const hiddenKey = await makeKey('p2');
  let areKeysHidden = false;
  const grants = new Map<string, Grant>();
  const refreshes = new Map<string, Grant>();
  const refusals: string[] = [];
  const revocations: string[] = [];
  const changes = { access: {}, id: {} };
  let issuer = '';
  let failing: number | undefined;

  const sign = (of: 'access' | 'id', claims: Readonly<Record<string, unknown>>) => {
    const iat = Math.floor(Date.now() / 1000);
    return signToken(areKeysHidden ? hiddenKey : key, {
      iss: issuer,
      sub: 'ann',
      iat,
      exp: iat + 600,
      ...claims,
      ...changes[of],
    });
  };

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = new URLSearchParams(await text(request));
    if (failing !== undefined) return answer(response, { error: 'temporarily_unavailable' }, failing);
    const isRefresh = sent.get('grant_type') === 'refresh_token';
    const code = sent.get(isRefresh ? 'refresh_token' : 'code') ?? '';
    const grant = (isRefresh ? refreshes : grants).get(code);
    // Each is good once.
    (isRefresh ? refreshes : grants).delete(code);
    const problem = isRefresh ? clientProblem(request, grant) : problemOf(request, sent, grant);
    if (problem !== undefined || grant === undefined) {
      refusals.push(problem ?? '');
      return answer(response, { error: 'invalid_grant' }, 400);
    }
    const accessToken = await sign('access', { aud: 'postern' });
    const nonce = isRefresh ? {} : { nonce: grant.nonce };
    const idToken = await sign('id', { aud: testClient.clientId, ...nonce });
    const refreshToken = `refresh-${crypto.randomUUID()}`;
    if (grant.isOffline) refreshes.set(refreshToken, grant);
    answer(response, {
      ...{ access_token: accessToken, token_type: 'Bearer', expires_in: 600, id_token: idToken },
      ...(grant.isOffline && { refresh_token: refreshToken }),
    });
  }

  async function revoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = new URLSearchParams(await text(request)).get('token') ?? '';
    const problem = clientProblem(request, refreshes.get(token));
    if (problem === 'client') return answer(response, { error: 'invalid_client' }, 401);
    if (refreshes.delete(token)) revocations.push(token);
    response.writeHead(200).end();
  }

  function authorize(address: URL, response: ServerResponse): void {
    const of = (name: string) => address.searchParams.get(name) ?? '';
    const code = `code-${grants.size + refusals.length + Math.random()}`;
    grants.set(code, {
      redirectUri: of('redirect_uri'),
      nonce: of('nonce'),
      challenge: of('code_challenge'),
      isOffline: of('scope').includes('offline_access'),
    });
    const back = new URL(of('redirect_uri'));
    back.search = new URLSearchParams({ code, state: of('state'), iss: issuer }).toString();
    response.writeHead(302, { location: back.href }).end();
  }

  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', issuer);
    switch (address.pathname) {
      case '/.well-known/openid-configuration':
        return answer(response, descriptionOf(issuer));
      case '/keys':
        return areKeysHidden ? answer(response, {}, 503) : answer(response, { keys: [key.publicJwk] });
      case '/revoke':
        return void revoke(request, response);
      case '/authorize':
        return authorize(address, response);
      default:
        return void exchange(request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    jwksUrl: `${issuer}/keys`,
    change: (of, claims) => {
      changes[of] = claims;
    },
    fail: (status) => {
      failing = status;
    },
    hideKeys: (areHidden) => {
      areKeysHidden = areHidden;
    },
    revocations,
    refusals,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function problemOf(request: IncomingMessage, sent: URLSearchParams, grant: Grant | undefined): string | undefined {
  const problem = clientProblem(request, grant);
  if (problem !== undefined || grant === undefined) return problem;
  if (sent.get('redirect_uri') !== grant.redirectUri) return 'redirect_uri';
  const challenge = createHash('sha256')
    .update(sent.get('code_verifier') ?? '')
    .digest('base64url');
  return challenge === grant.challenge ? undefined : 'verifier';
}

function clientProblem({ headers }: IncomingMessage, grant: Grant | undefined): string | undefined {
  const { clientId, clientSecret } = testClient;
  const basic = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`;
  if (headers.authorization !== `Basic ${Buffer.from(basic).toString('base64')}`) return 'client';
  return grant === undefined ? 'code' : undefined;
}

function descriptionOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
}

function answer(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

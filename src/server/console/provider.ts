import * as oidc from 'openid-client';
import type { Mode } from '../config/mode.ts';
import type { SignInConfig } from './console-config.ts';

/** What is kept of a sign-in while the browser is away, in a sealed cookie of its own. */
export interface SignInTransaction {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** What a provider gives out. */
export interface ProviderTokens {
  /** What Postern is asked with. */
  readonly token: string;
  /** What gets other ones; none where the provider gives none. */
  readonly refreshToken: string | undefined;
}

/** The provider was asked for other tokens, and gave none. */
export class RenewalRefused extends Error {
  constructor(options: ErrorOptions) {
    super('The provider gave no other token.', options);
    this.name = 'RenewalRefused';
  }
}

/** A provider that people sign in with: OpenID Connect, by code with PKCE. */
export class Provider {
  readonly #config: SignInConfig;
  readonly #mode: Mode;
  #described: Promise<oidc.Configuration> | undefined;

  constructor(config: SignInConfig, mode: Mode) {
    this.#config = config;
    this.#mode = mode;
  }

  /** Where to send the browser, and what to remember until it comes back; rejects where the provider cannot be asked. */
  async begin(redirectUri: string): Promise<{ readonly address: string; readonly transaction: SignInTransaction }> {
    const described = await this.#describe();
    const transaction = {
      verifier: oidc.randomPKCECodeVerifier(),
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
    };
    const address = oidc.buildAuthorizationUrl(described, {
      ...this.#config.parameters,
      redirect_uri: redirectUri,
      scope: this.#config.scope,
      state: transaction.state,
      nonce: transaction.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(transaction.verifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, transaction };
  }

  /** The tokens that the code at this address is good for; rejects where it is not the one that was begun. */
  async finish(address: URL, { verifier, state, nonce }: SignInTransaction): Promise<ProviderTokens> {
    const answer = await oidc.authorizationCodeGrant(await this.#describe(), address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    return this.#tokensIn(answer);
  }

  /** Other tokens for the same person; rejects with `RenewalRefused` where the provider will not have it, and otherwise where it cannot be asked. */
  async renew(refreshToken: string): Promise<ProviderTokens> {
    const described = await this.#describe();
    const answer = await oidc.refreshTokenGrant(described, refreshToken).catch((error: unknown) => {
      // One that has too much to do has not refused anybody.
      const isRefusal = error instanceof oidc.ResponseBodyError && error.status < 500 && error.status !== 429;
      throw isRefusal ? new RenewalRefused({ cause: error }) : error;
    });
    return this.#tokensIn(answer);
  }

  /** Takes back what gets other tokens, where the provider has a way to; rejects where it cannot be asked. */
  async revoke(refreshToken: string): Promise<void> {
    const described = await this.#describe();
    if (described.serverMetadata().revocation_endpoint === undefined) return;
    await oidc.tokenRevocation(described, refreshToken, { token_type_hint: 'refresh_token' });
  }

  #tokensIn(answer: oidc.TokenEndpointResponse): ProviderTokens {
    const token = this.#config.token === 'id' ? (answer.id_token ?? '') : answer.access_token;
    return { token, refreshToken: answer.refresh_token };
  }

  /** Asked once, and again after it failed. */
  #describe(): Promise<oidc.Configuration> {
    this.#described ??= this.#discover().catch((error: unknown) => {
      this.#described = undefined;
      throw error;
    });
    return this.#described;
  }

  #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#config;
    const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    return oidc.discovery(new URL(issuer), clientId, undefined, authentication, {
      timeout: 5,
      ...(this.#mode === 'development' && { execute: [oidc.allowInsecureRequests] }),
    });
  }
}

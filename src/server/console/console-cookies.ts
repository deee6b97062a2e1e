import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieContent, CookiePurpose, CookieSeal } from './cookie-seal.ts';

/** Browsers drop a cookie that is longer, without a word. */
export const maxCookieBytes = 4096;

/** Sealed cookies in a browser. */
export class ConsoleCookies {
  readonly #seal: CookieSeal;
  readonly #isSecure: boolean;

  /** Over TLS the names and marks are such that no other host, and no plain connection, can set or read them. */
  constructor(seal: CookieSeal, isSecure: boolean) {
    this.#seal = seal;
    this.#isSecure = isSecure;
  }

  /** What the browser sent back, if it is what it was given and has not ended. */
  async read(request: FastifyRequest, purpose: CookiePurpose): Promise<CookieContent | undefined> {
    const sealed = parseCookie(request.headers.cookie ?? '')[this.#name(purpose)];
    return sealed === undefined ? undefined : this.#seal.open(purpose, sealed);
  }

  /** False when it is too large for browsers, and nothing was given. */
  async give(reply: FastifyReply, purpose: CookiePurpose, content: CookieContent, endsAt: Date): Promise<boolean> {
    const value = await this.#seal.seal(purpose, content, endsAt);
    if (this.#name(purpose).length + value.length > maxCookieBytes) return false;
    this.#set(reply, purpose, { value, expires: endsAt });
    return true;
  }

  take(reply: FastifyReply, purpose: CookiePurpose): void {
    this.#set(reply, purpose, { value: '', maxAge: 0 });
  }

  #set(reply: FastifyReply, purpose: CookiePurpose, cookie: Pick<SetCookie, 'value' | 'expires' | 'maxAge'>): void {
    const text = stringifySetCookie({
      name: this.#name(purpose),
      ...cookie,
      httpOnly: true,
      secure: this.#isSecure,
      path: this.#isSecure ? '/' : '/console',
      // Whoever comes back from the provider comes from another site.
      sameSite: purpose === 'sign-in' ? 'lax' : 'strict',
    });
    void reply.header('set-cookie', text);
  }

  #name(purpose: CookiePurpose): string {
    return `${this.#isSecure ? '__Host-' : ''}postern-${purpose}`;
  }
}

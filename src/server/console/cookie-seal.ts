import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';

/** What a cookie is for; one is never taken for the other. */
export type CookiePurpose = 'session' | 'renewal' | 'sign-in';

export type CookieContent = Readonly<Record<string, unknown>>;

/** Seals what browsers keep for the server, so that no server has to remember it: nobody else can read it, or make one. */
export class CookieSeal {
  readonly #keys: readonly Uint8Array[];

  /** Seals with the first secret, and opens what was sealed with any of them. */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => new Uint8Array(hkdfSync('sha256', secret, '', 'postern console cookies', 32)));
  }

  /** Good until it ends. */
  seal(purpose: CookiePurpose, content: CookieContent, endsAt: Date): Promise<string> {
    const [key] = this.#keys;
    if (key === undefined) throw new Error('There is no secret to seal cookies with.');
    return new EncryptJWT({ ...content })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(purpose)
      .setExpirationTime(endsAt)
      .encrypt(key);
  }

  /** Undefined for what nobody sealed here for this purpose, and for what has ended. */
  async open(purpose: CookiePurpose, sealed: string): Promise<CookieContent | undefined> {
    for (const key of this.#keys) {
      const content = await openWith(key, purpose, sealed);
      if (content !== undefined) return content;
    }
    return undefined;
  }
}

async function openWith(key: Uint8Array, purpose: CookiePurpose, sealed: string): Promise<CookieContent | undefined> {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience: purpose,
      requiredClaims: ['exp'],
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

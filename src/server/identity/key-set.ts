import { type CryptoKey, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';

/** The public keys of an issuer. */
export interface KeySet {
  find(wanted: WantedKey): Promise<KeyLookup>;
  /** Whether there are keys to look among, after fetching them where there are none. */
  isThere(): Promise<boolean>;
}

export interface WantedKey {
  readonly algorithm: string;
  readonly keyId: string | undefined;
}

/** "Unknown" is the token's fault; "unavailable" is nobody's answer yet and must not look like one. */
export type KeyLookup =
  | { readonly kind: 'found'; readonly key: CryptoKey }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Keys that are at hand. Without a key id exactly one key has to fit. */
export function createLocalKeySet(jwks: JSONWebKeySet): KeySet {
  const keyFor = createLocalJWKSet(jwks);
  return { find: (wanted) => findKey(keyFor, wanted), isThere: async () => true };
}

async function findKey(
  keyFor: ReturnType<typeof createLocalJWKSet>,
  { algorithm, keyId }: WantedKey,
): Promise<KeyLookup> {
  try {
    return { kind: 'found', key: await keyFor({ alg: algorithm, ...(keyId !== undefined && { kid: keyId }) }) };
  } catch (error) {
    const unknown = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
    return unknown ? { kind: 'unknown' } : { kind: 'unavailable', reason: 'A key of the issuer cannot be used.' };
  }
}

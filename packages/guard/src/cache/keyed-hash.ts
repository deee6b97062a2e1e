/** Texts as values that only whoever has the secret can make or compare. */
export type KeyedHash = (text: string) => Promise<string>;

/** Without a secret it is one of this process, which nobody else has. */
export function createKeyedHash(secret: string | undefined): KeyedHash {
  const encoder = new TextEncoder();
  const bytes = secret === undefined ? crypto.getRandomValues(new Uint8Array(32)) : encoder.encode(secret);
  let key: Promise<CryptoKey> | undefined;
  return async (text) => {
    key ??= crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const signed = await crypto.subtle.sign('HMAC', await key, encoder.encode(text));
    return Array.from(new Uint8Array(signed), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
}

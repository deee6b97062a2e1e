import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../base/canonical-json.ts';

/** Seals text for one purpose; made of a secret by `makeSealingKey`. */
export interface SealingKey {
  readonly encryption: KeyObject;
  readonly nonce: KeyObject;
}

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Texts of up to this many bytes, and of each further multiple, are sealed to one length. */
const blockBytes = 32;

export function makeSealingKey(secret: string, purpose: string): SealingKey {
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `postern ${purpose} ${use}`, keyBytes)));
  return { encryption: derive('encryption'), nonce: derive('nonce') };
}

/** A key for another purpose, which tells nothing of this one. What is hashed with this one otherwise is JSON, which the name of no purpose is. */
export function deriveKey({ nonce }: SealingKey, purpose: string): KeyObject {
  return createSecretKey(createHmac('sha256', nonce).update(`postern ${purpose}`).digest());
}

/**
 * Encrypts text that holds no NUL, and binds it to `bound`: only with the same value can it be opened again. Nobody learns
 * anything of it but whether two that are bound to one value are the same.
 *
 * The nonce is made of what is sealed (as in RFC 5297), so equal texts are sealed alike and no nonce comes twice for two.
 */
export function seal({ encryption, nonce: nonceKey }: SealingKey, bound: unknown, text: string): string {
  const length = Buffer.byteLength(text);
  const body = Buffer.alloc(Math.max(1, Math.ceil(length / blockBytes)) * blockBytes);
  body.write(text);
  const about = canonicalJson(bound);
  const nonce = createHmac('sha256', nonceKey)
    .update(canonicalJson([about, text]))
    .digest()
    .subarray(0, nonceBytes);
  const cipher = createCipheriv(algorithm, encryption, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The text that was sealed, if it was with these keys and bound to this very value; undefined for everything else. */
export function unseal({ encryption }: SealingKey, bound: unknown, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  // Base64 has several spellings of the same bytes; one of them is what was given out.
  if (bytes.toString('base64url') !== sealed || bytes.length <= nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, encryption, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(canonicalJson(bound))).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const body = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return body.toString('utf8').replace(/\0+$/, '');
  } catch {
    return undefined;
  }
}

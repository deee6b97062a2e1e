import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeptFetch } from '#guard/foreign';

/** What is known of a fetch when its answer comes. It goes through the router, and nobody but this server reads or writes it. */
export type SealedFetch =
  /** Nothing in it is guarded. */
  | { readonly kind: 'open' }
  | {
      readonly kind: 'guarded';
      readonly kept: KeptFetch;
      readonly authorization: readonly string[];
      readonly consistency: readonly string[];
    };

/** Which fetch of which request: what was sealed for one of them opens for no other. */
export interface FetchName {
  readonly id?: string | undefined;
  readonly serviceName: string;
  readonly subgraphRequestId: string;
}

/** Seals with a key that all servers have which know the secret, so that any of them may get the answer. */
export class FetchSeal {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'postern foreign subgraphs', 32));
  }

  seal(name: FetchName, fetch: SealedFetch): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(bytesOf(name));
    const text = Buffer.concat([cipher.update(JSON.stringify(fetch), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
  }

  /** Undefined for what this server has not sealed, or not for this fetch. */
  open(name: FetchName, sealed: string): SealedFetch | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    const [nonce, tag] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes, nonceBytes + tagBytes)];
    try {
      const options = { authTagLength: tagBytes };
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, options).setAAD(bytesOf(name)).setAuthTag(tag);
      const text = decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
      // Whoever wrote it had the key.
      return JSON.parse(text) as SealedFetch;
    } catch {
      return undefined;
    }
  }
}

const nonceBytes = 12;
const tagBytes = 16;

function bytesOf({ id, serviceName, subgraphRequestId }: FetchName): Buffer {
  return Buffer.from(JSON.stringify([id ?? null, serviceName, subgraphRequestId]));
}

import { Foresight } from './foresight.ts';
import { createKeyedHash } from './keyed-hash.ts';

export interface CacheKeyOptions {
  /**
   * Guarded fields that have the same value for everybody whom their guards let through, and for how many seconds an answer with it may be
   * kept: `{ 'Track.royalties': 60 }`. Answers with any other guarded field are kept nowhere.
   */
  readonly keptSeconds: Readonly<Record<string, number>>;
  /** At least 32 characters, the same for all processes that share a cache. Left out, it is another one in each process. */
  readonly secret?: string;
}

/** The request as Apollo Server's plugins see it. */
export interface ApolloRequest {
  readonly contextValue: unknown;
  readonly source?: string | undefined;
  readonly operationName?: string | null | undefined;
  readonly request: { readonly variables?: Readonly<Record<string, unknown>> | undefined };
  readonly response: { readonly http: { readonly headers: { set(name: string, value: string): unknown } } };
}

/** Keys under which a cache of answers keeps what guards let through: equal for callers of equal rights, and for no others. */
export interface CacheKeys {
  /** For the option of this name of `@apollo/server-plugin-response-cache`. */
  readonly extraCacheKeyData: (request: ApolloRequest) => Promise<string | null>;
}

const foresights = new WeakMap<CacheKeys, Foresight>();

/** Makes keys for one schema: give them to `guardSchema`, and to the cache. */
export function createCacheKeys({ keptSeconds, secret }: CacheKeyOptions): CacheKeys {
  if (secret !== undefined && secret.length < 32)
    throw new TypeError('The option "secret" has fewer than 32 characters.');
  const kept = new Map(Object.entries(keptSeconds));
  for (const [field, seconds] of kept) {
    if (Number.isSafeInteger(seconds) && seconds > 0) continue;
    throw new TypeError(`"${field}" is kept for ${seconds}; it should be a whole number of seconds above 0.`);
  }
  const foresight = new Foresight(createKeyedHash(secret), kept);
  const keys: CacheKeys = { extraCacheKeyData: (request) => keyOf(foresight, request) };
  foresights.set(keys, foresight);
  return keys;
}

export function foresightOf(keys: CacheKeys): Foresight {
  const foresight = foresights.get(keys);
  if (foresight === undefined) throw new TypeError('The option "cacheKeys" is none that createCacheKeys made.');
  return foresight;
}

async function keyOf(
  foresight: Foresight,
  { contextValue, source, operationName, request, response }: ApolloRequest,
): Promise<string | null> {
  if (typeof contextValue !== 'object' || contextValue === null) return crypto.randomUUID();
  const key = await foresight.foresee(contextValue, [source, operationName ?? null, request.variables ?? {}]);
  // What is kept here by who may see it, nobody else is to keep by its address.
  if (key !== undefined) response.http.headers.set('cache-control', 'private, no-store');
  return key ?? null;
}

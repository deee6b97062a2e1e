import type { CryptoKey } from 'jose';
import type { FaultPort } from '../../base/fault-port.ts';
import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { makeObjectRef } from '../../model/object-ref.ts';
import { type SubjectRef, subjectOf } from '../../model/subject-ref.ts';
import type { Delegate } from '../../operations/actor.ts';
import type { Mode } from '../config/mode.ts';
import { readBearerToken } from './bearer-token.ts';
import { delegateOf } from './delegate-of.ts';
import { inexactClaims } from './inexact-claims.ts';
import { createLocalKeySet, type KeySet } from './key-set.ts';
import { RemoteKeySet } from './remote-key-set.ts';
import { scopesOf } from './scopes-of.ts';
import { subjectId } from './subject-id.ts';
import { type KeySource, type TokenClass, tokenClassKey } from './token-class.ts';
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.ts';
import { createVerifiedTokenCache } from './verified-token-cache.ts';
import { type VerifiedClaims, verifyToken } from './verify-token.ts';

/** Says who sent a request: at once where nothing has to be verified for it. */
export interface Authenticator {
  authenticate(authorizationHeader: string | undefined): Authentication | Promise<Authentication>;
  /** Whether any token can be verified: not as long as the keys of none of the issuers were read. */
  canVerify(): Promise<boolean>;
}

export type Authentication = { readonly kind: 'anonymous' } | Authenticated | Rejected | Unavailable;

/** A bad token, or no token where the header promises one. The reason may be shown to the caller. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: string;
}

/** Nobody can say now whether the token is good: an outage, never a "no". The reason is for the log. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

export interface Authenticated {
  readonly kind: 'authenticated';
  readonly subject: SubjectRef;
  /** Condition parameters that the issuer of the token vouches for. */
  readonly context: ReadonlyMap<string, unknown>;
  readonly tokenClass: TokenClass;
  /** Who acts for the subject, by the token: see `delegateOf`. */
  readonly delegate: Delegate | undefined;
  /** What the token is good for, where a door asks that: see `scopesOf`. */
  readonly scopes: ReadonlySet<string>;
  /** When its holder has logged in, by the claim `auth_time`; undefined where the token does not say it. */
  readonly loggedInAt?: Date | undefined;
  /** When the token ends. */
  readonly expiresAt: Date;
}

export interface AuthenticatorOptions {
  readonly mode: Mode;
  readonly now?: () => Date;
  /** How long a fetch of keys may take. */
  readonly keyFetchTimeoutMs?: number;
  /** How many verified tokens are remembered. */
  readonly rememberedTokens?: number;
  /** Told about every fetch of keys that failed. */
  readonly onKeyProblem?: (problem: string) => void;
  readonly faults?: FaultPort | undefined;
}

export function createAuthenticator(classes: readonly TokenClass[], options: AuthenticatorOptions): Authenticator {
  const now = options.now ?? (() => new Date());
  const table = createClassTable(classes, { ...options, now });
  const cache = createVerifiedTokenCache<Authenticated>(options.rememberedTokens ?? 10_000, now);

  function authenticate(header: string | undefined): Authentication | Promise<Authentication> {
    if (header === undefined) return { kind: 'anonymous' };
    const token = readBearerToken(header);
    if (!token.ok) return rejected(token.problem);
    return cache.get(token.value) ?? verify(token.value);
  }

  async function verify(token: string): Promise<Authentication> {
    const verified = await verifyAgainstClass(token, table, now);
    if (verified.kind !== 'verified') return verified;
    const caller = callerOf(token, verified.claims, verified.tokenClass);
    if (!caller.ok) return rejected(caller.problem);
    cache.set(token, caller.value, verified.claims.exp * 1000);
    return caller.value;
  }

  async function canVerify(): Promise<boolean> {
    const there = await Promise.all(Array.from(table.values(), ({ keys }) => keys.isThere()));
    return there.length === 0 || there.includes(true);
  }

  return { authenticate, canVerify };
}

interface ClassWithKeys {
  readonly tokenClass: TokenClass;
  readonly keys: KeySet;
}

type ClassTable = ReadonlyMap<string, ClassWithKeys>;

function createClassTable(
  classes: readonly TokenClass[],
  options: AuthenticatorOptions & { readonly now: () => Date },
): ClassTable {
  const table = new Map<string, ClassWithKeys>();
  const remoteSets = new Map<string, KeySet>();
  for (const tokenClass of classes) {
    const pair = tokenClassKey(tokenClass);
    invariant(!table.has(pair), `there is one token class for the issuer and audience ${pair}`);
    table.set(pair, { tokenClass, keys: keysOf(tokenClass.keys, options, remoteSets) });
  }
  return table;
}

/** Classes whose keys are published at one address share them, and their fetches. */
function keysOf(
  source: KeySource,
  options: AuthenticatorOptions & { readonly now: () => Date },
  remoteSets: Map<string, KeySet>,
): KeySet {
  if (source.kind === 'local') {
    invariant(options.mode === 'development', 'local keys are accepted in development only');
    return createLocalKeySet(source.jwks);
  }
  const shared = remoteSets.get(source.url);
  if (shared !== undefined) return shared;
  const created = new RemoteKeySet(new URL(source.url), {
    now: options.now,
    fetchTimeoutMs: options.keyFetchTimeoutMs ?? 2000,
    onProblem: options.onKeyProblem ?? (() => undefined),
    faults: options.faults,
  });
  remoteSets.set(source.url, created);
  return created;
}

type Verification =
  | { readonly kind: 'verified'; readonly claims: VerifiedClaims; readonly tokenClass: TokenClass }
  | Rejected
  | Unavailable;

/** Finds the one class that the token claims to be of; from there on only this class's word counts. */
async function verifyAgainstClass(token: string, table: ClassTable, now: () => Date): Promise<Verification> {
  const claimed = readUnverifiedToken(token);
  if (!claimed.ok) return rejected(claimed.problem);
  const { algorithm, keyId } = claimed.value;
  const entry = findClass(claimed.value, table);
  if (!entry.ok) return rejected(entry.problem);
  const { tokenClass, keys } = entry.value;
  if (!tokenClass.algorithms.some((accepted) => accepted === algorithm)) {
    return rejected(`Tokens that are signed with ${quote(algorithm)} are not accepted.`);
  }
  const found = await keys.find({ algorithm, keyId });
  if (found.kind === 'unavailable') return found;
  if (found.kind === 'unknown') return rejected('The key that signed the token is not one of its issuer.');
  return await verifyWithKey(token, found.key, tokenClass, now());
}

/** A token that is meant for others besides us is one of ours; one that is meant for two of our classes is neither's. */
function findClass({ issuer, audiences }: UnverifiedToken, table: ClassTable): Result<ClassWithKeys, string> {
  const [entry, ...others] = audiences.flatMap((audience) => table.get(tokenClassKey({ issuer, audience })) ?? []);
  const named = `the issuer ${quote(issuer)} for the audience ${audiences.slice(0, 3).map(quote).join(', ')}`;
  if (entry === undefined) return failed(`Tokens of ${named} are not accepted.`);
  if (others.length === 0) return ok(entry);
  return failed(`The token of ${named} is for more than one of the audiences here, and does not say as whom it asks.`);
}

async function verifyWithKey(token: string, key: CryptoKey, tokenClass: TokenClass, now: Date): Promise<Verification> {
  try {
    const claims = await verifyToken(token, key, tokenClass, now);
    return claims.ok ? { kind: 'verified', claims: claims.value, tokenClass } : rejected(claims.problem);
  } catch {
    return { kind: 'unavailable', reason: `A key of the issuer ${quote(tokenClass.issuer)} cannot be used.` };
  }
}

/** The type comes from the class and the id from the token: never from one text that holds both. */
function callerOf(token: string, claims: VerifiedClaims, tokenClass: TokenClass): Result<Authenticated, string> {
  const id = subjectId(claims, tokenClass);
  if (!id.ok) return id;
  const object = makeObjectRef(tokenClass.subjectType, id.value);
  if (!object.ok) return failed(`The token names no valid subject. ${object.problem}`);
  const inexact = inexactClaims(token);
  const context = [...tokenClass.context]
    .filter(([, claim]) => Object.hasOwn(claims, claim) && !inexact.has(claim))
    .map(([parameter, claim]): [string, unknown] => [parameter, claims[claim]]);
  const delegate = delegateOf(claims, tokenClass, inexact);
  if (!delegate.ok) return delegate;
  const caller = { subject: subjectOf(object.value), context: new Map(context), tokenClass };
  const [loggedInAt, expiresAt] = [loginOf(claims), new Date(claims.exp * 1000)];
  const scopes = scopesOf(claims);
  return ok({ kind: 'authenticated', ...caller, delegate: delegate.value, scopes, loggedInAt, expiresAt });
}

/** Whatever is no time is none that anybody could rely on. */
function loginOf({ auth_time: seconds }: VerifiedClaims): Date | undefined {
  return typeof seconds === 'number' && Number.isSafeInteger(seconds) ? new Date(seconds * 1000) : undefined;
}

function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason };
}

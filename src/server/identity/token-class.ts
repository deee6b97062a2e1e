import type { JSONWebKeySet } from 'jose';
import type { AgentSetting } from '../../model/agent-problems.ts';
import type { Door } from './door.ts';

/**
 * One kind of caller: whoever presents a token of this issuer for this audience is a subject of this type.
 * The type comes from here and from nowhere else: no claim, header or argument can change it.
 */
export interface TokenClass {
  /** The model type of the subjects: `user`. */
  readonly subjectType: string;
  /** Compared byte by byte with the claim `iss`. */
  readonly issuer: string;
  /** Compared byte by byte with the claim `aud`, or with each of its entries where it is a list. */
  readonly audience: string;
  readonly keys: KeySource;
  /** The claim that holds the id of the subject. */
  readonly subjectClaim: string;
  /** How that claim becomes an id: as it is, or as `encodeURIComponent` writes it. */
  readonly subjectEncoding: SubjectEncoding;
  /** What a token may be signed with; asymmetric only, so that nobody who checks tokens can make them. */
  readonly algorithms: readonly SignatureAlgorithm[];
  /** Condition parameter to the claim that fills it: context that the issuer vouches for. */
  readonly context: ReadonlyMap<string, string>;
  /** Runtime parameters that its callers may send about the subjects that they ask about. */
  readonly vouchesFor?: ReadonlySet<string>;
  /** Whether who holds one may approve what others propose, and whether only a short time after logging in. */
  readonly mayApprove?: ApprovalRule;
  /** Where its tokens are accepted. */
  readonly doors: ReadonlySet<Door>;
  /** Who acts for its callers; without it they are recorded, and the rights are the caller's. */
  readonly actor?: ActorSetting;
}

/** Whoever acts for a caller is a subject of its own, without whom nothing is allowed. */
export interface ActorSetting {
  /** The model type of those who act: `agent`. */
  readonly subjectType: string;
  readonly subjectEncoding: SubjectEncoding;
  /** Where the id of whoever acts is: the names of a claim and of the members in it. */
  readonly claim: readonly string[];
  /** Whether a token that names nobody who acts is refused. */
  readonly required: boolean;
  /** What the caller must hold on whoever acts. */
  readonly permission: string;
}

/** Tells classes apart: a token names its class by issuer and audience. JSON keeps the two parts apart. */
export function tokenClassKey({ issuer, audience }: Pick<TokenClass, 'issuer' | 'audience'>): string {
  return JSON.stringify([issuer, audience]);
}

/** Where a setting of a class stands, as messages name it. */
export function placeOfClass(index: number): string {
  return `POSTERN_TOKEN_CLASSES[${index}]`;
}

/** Whoever acts for callers of these classes. */
export function agentSettings(classes: readonly Pick<TokenClass, 'actor'>[]): readonly AgentSetting[] {
  return classes.flatMap(({ actor }, index) =>
    actor === undefined
      ? []
      : [{ place: `${placeOfClass(index)}.actor`, type: actor.subjectType, permission: actor.permission }],
  );
}

/** Of which callers others may have all rights, in a sentence; undefined where there are none. */
export function recordedDelegatesSentence(classes: readonly Pick<TokenClass, 'actor'>[]): string | undefined {
  const places = classes.flatMap(({ actor }, index) => (actor === undefined ? [placeOfClass(index)] : []));
  if (places.length === 0) return undefined;
  return `Whoever acts for callers of ${places.join(', ')} by the claim "act" is recorded, and has all of their rights: there is no "actor" in it.`;
}

/** The parameters of conditions that claims fill: of whoever asks, nobody else says them. */
export function claimedParameters(classes: readonly Pick<TokenClass, 'context' | 'vouchesFor'>[]): readonly string[] {
  return [...new Set(classes.flatMap(({ context, vouchesFor }) => [...context.keys(), ...(vouchesFor ?? [])]))];
}

/** Where the public keys of an issuer come from; local ones exist in development only. */
export type KeySource =
  | { readonly kind: 'remote'; readonly url: string }
  | { readonly kind: 'local'; readonly jwks: JSONWebKeySet };

/** `recent-login` asks the claim `auth_time`. */
export type ApprovalRule = (typeof approvalRules)[number];

export const approvalRules = ['no', 'recent-login', 'any-login'] as const;

export type SubjectEncoding = (typeof subjectEncodings)[number];

export const subjectEncodings = ['none', 'percent'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

export const defaultSignatureAlgorithms: readonly SignatureAlgorithm[] = ['RS256', 'ES256', 'EdDSA', 'PS256'];

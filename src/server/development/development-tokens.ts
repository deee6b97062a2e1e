import { calculateJwkThumbprint, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { didYouMean } from '../../base/did-you-mean.ts';
import { quote } from '../../base/text-problem.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import { doorNames } from '../identity/door.ts';
import type { ActorSetting, TokenClass } from '../identity/token-class.ts';
import { readDevelopmentKey } from './development-key.ts';

/** Signs tokens for people who try Postern on their own machine. Production refuses its classes. */
export interface DevelopmentIssuer {
  readonly classes: readonly TokenClass[];
  /** The public key, for `/.well-known/jwks.json`. */
  readonly jwks: JSONWebKeySet;
  /** As secret and as lasting as the key that signs: the console's cookies are sealed with what comes of it. */
  readonly secret: string;
  /**
   * A token for `user:ann`, of 12 hours unless told, and for the agent that acts for her, if one does; throws a sentence where no
   * development class has such subjects.
   */
  sign(subject: string, lifetimeMs?: number, agent?: string): Promise<string>;
}

export interface DevelopmentIssuerOptions {
  /** Where the private key stays, so that printed tokens outlive a restart; readable by its owner only. */
  readonly keyFile: string;
  /** Put into every token, and handed to conditions under the same names; none without it. With `act`, nobody is an agent. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Types of the model that callers may be of, besides the usual ones. */
  readonly subjectTypes?: readonly string[];
  readonly now?: () => Date;
}

const algorithm = 'EdDSA';
/** Before there is a model, and for models that have callers of these names. */
const usualTypes = ['user', 'employee', 'service'];
/** What acts for callers. */
const agentType = 'agent';
const agents: ActorSetting = {
  subjectType: agentType,
  subjectEncoding: 'none',
  claim: ['act', 'sub'],
  required: false,
  permission: 'can_act_for',
};
/** All that a door asks for. */
const developmentScope = 'postern:read postern:propose';
const usualLifetimeMs = 12 * 60 * 60_000;

export async function createDevelopmentIssuer(options: DevelopmentIssuerOptions): Promise<DevelopmentIssuer> {
  const { claims = {}, subjectTypes = [] } = options;
  const privateJwk = await readDevelopmentKey(options.keyFile);
  const publicJwk = await publicPart(privateJwk);
  const key = await importJWK(privateJwk, algorithm);
  const jwks: JSONWebKeySet = { keys: [publicJwk] };
  const types = new Set([...subjectTypes, ...usualTypes]);
  const classes = [...types].map((type) => developmentClass(type, jwks, Object.keys(claims)));

  async function sign(subject: string, lifetimeMs = usualLifetimeMs, agent?: string): Promise<string> {
    const { tokenClass, id } = findClass(subject, classes);
    const act = agent === undefined ? {} : { act: { sub: agentId(agent) } };
    const issuedAtMs = options.now?.().getTime() ?? Date.now();
    return await new SignJWT({ scope: developmentScope, ...claims, ...act, [tokenClass.subjectClaim]: id })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: publicJwk.kid })
      .setIssuer(tokenClass.issuer)
      .setAudience(tokenClass.audience)
      .setIssuedAt(new Date(issuedAtMs))
      .setExpirationTime(new Date(issuedAtMs + lifetimeMs))
      .sign(key);
  }

  return { classes, jwks, secret: JSON.stringify(privateJwk), sign };
}

async function publicPart({ kty, crv, x }: JWK): Promise<JWK & { readonly kid: string }> {
  const key: JWK = { ...(kty && { kty }), ...(crv && { crv }), ...(x && { x }) };
  return { ...key, kid: await calculateJwkThumbprint(key), alg: algorithm, use: 'sig' };
}

function developmentClass(subjectType: string, jwks: JSONWebKeySet, claims: readonly string[]): TokenClass {
  return {
    subjectType,
    issuer: `http://localhost/postern-development/${subjectType}`,
    audience: 'postern',
    keys: { kind: 'local', jwks },
    subjectClaim: 'sub',
    subjectEncoding: 'none',
    algorithms: [algorithm],
    context: new Map(claims.map((name) => [name, name])),
    // Where every token says itself who acts, that is a name for the log.
    ...(!claims.includes('act') && { actor: agents }),
    mayApprove: 'any-login',
    doors: new Set(doorNames),
  };
}

function agentId(text: string): string {
  const agent = parseObjectRef(text);
  if (!agent.ok) throw new Error(agent.problem);
  if (agent.value.type === agentType) return agent.value.id;
  throw new Error(`In development, whoever acts for somebody is of the type "${agentType}", and not ${quote(text)}.`);
}

function findClass(text: string, classes: readonly TokenClass[]): { tokenClass: TokenClass; id: string } {
  const subject = parseSubjectRef(text);
  if (!subject.ok) throw new Error(subject.problem);
  if (subject.value.kind !== 'object') throw new Error(`The subject ${quote(text)} is not one caller.`);
  const { type, id } = subject.value.object;
  const tokenClass = classes.find((known) => known.subjectType === type);
  if (tokenClass !== undefined) return { tokenClass, id };
  const types = classes.map((known) => known.subjectType);
  throw new Error(`Development tokens are for ${types.join(', ')}, not for ${quote(type)}.${didYouMean(type, types)}`);
}

import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote, textProblem } from '../../base/text-problem.ts';
import { maxObjectIdBytes } from '../../model/names.ts';
import { makeObjectRef } from '../../model/object-ref.ts';
import type { Agent, Delegate } from '../../operations/actor.ts';
import { encodedId } from './subject-id.ts';
import type { ActorSetting, TokenClass } from './token-class.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What a class says of its tokens, as far as it matters to who acts. */
type ActedClass = Pick<TokenClass, 'actor' | 'context'>;

/**
 * Who acts for the subject of a verified token (RFC 8693, section 4.1): the outer `act`, or what the class has in its place. Whoever
 * acted before is history. A claim that is there and names nobody never counts as none: the token would have all rights of its subject.
 *
 * `inexact` are the claims that are not what they seem.
 */
export function delegateOf(
  claims: Claims,
  { actor, context }: ActedClass,
  inexact: ReadonlySet<string>,
): Result<Delegate | undefined, string> {
  if (actor === undefined) return recordedOf(claims);
  const [first = ''] = actor.claim;
  // Who acts is said elsewhere; then this must not be about nobody.
  const besides = first === 'act' ? ok(undefined) : recordedOf(claims);
  if (!besides.ok) return besides;
  if (Object.hasOwn(claims, first)) return agentIn(claims, actor, inexact.has(first) ? new Map() : context);
  if (!actor.required && !Object.hasOwn(claims, 'act')) return ok(undefined);
  return failed(`The token has no claim ${nameOf(actor)}, which says who acts for its subject.`);
}

function recordedOf({ act }: Claims): Result<Delegate | undefined, string> {
  if (act === undefined) return ok(undefined);
  const name = isRecord(act) && Object.hasOwn(act, 'sub') ? act.sub : undefined;
  if (typeof name === 'string' && textProblem(name, maxObjectIdBytes) === undefined)
    return ok({ kind: 'recorded', name });
  return failed('The claim "act" of the token names nobody.');
}

/** The type comes from the class, as that of the subject does. What the token says of whoever acts stands beside the id, in one claim with it. */
function agentIn(claims: Claims, actor: ActorSetting, context: TokenClass['context']): Result<Agent, string> {
  const { claim: path, subjectType, subjectEncoding, permission } = actor;
  const beside = path.slice(0, -1).reduce<unknown>((within, name) => memberOf(within, name), claims);
  const id = encodedId(memberOf(beside, path.at(-1) ?? ''), path.join('.'), subjectEncoding);
  if (!id.ok) return id;
  const object = makeObjectRef(subjectType, id.value);
  if (!object.ok) return failed(`The claim ${nameOf(actor)} of the token names no valid subject. ${object.problem}`);
  const said = path.length > 1 && isRecord(beside) ? beside : {};
  const facts = [...context].flatMap(([parameter, name]): readonly [string, unknown][] =>
    Object.hasOwn(said, name) ? [[parameter, said[name]]] : [],
  );
  return ok({ kind: 'agent', object: object.value, context: new Map(facts), permission });
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function nameOf({ claim }: ActorSetting): string {
  return quote(claim.join('.'));
}

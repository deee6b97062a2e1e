import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { Context } from '../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../model/subject-ref.ts';

/** Who does something: a subject with a verified token, or somebody at the server's own console. */
export type Actor =
  | {
      readonly kind: 'subject';
      readonly subject: SubjectRef;
      /** Values for conditions that come from the verified token. */
      readonly context: Context;
      /** Runtime parameters that the token class lets its callers say of the subjects that they ask about. */
      readonly vouchesFor?: ReadonlySet<string> | undefined;
      readonly requestId: string | undefined;
      /** Who acts for the subject, by the verified token. */
      readonly delegate: Delegate | undefined;
      /** Undefined where tokens of its class may not approve proposals. */
      readonly approval?: ApprovalRight | undefined;
    }
  | { readonly kind: 'console'; readonly command: string };

/** Who acts for somebody else. */
export type Delegate =
  /** A name for the audit log, and no right: the rights are those of the subject. */
  { readonly kind: 'recorded'; readonly name: string } | Agent;

/** Whoever acts is a subject as well: nothing is allowed that is not allowed to both, and nothing unless the one may act for the other. */
export interface Agent {
  readonly kind: 'agent';
  readonly object: ObjectRef;
  /** What the verified token says of the agent. */
  readonly context: Context;
  /** What the subject must hold on the agent, so that it may act for the subject. */
  readonly permission: string;
}

/** What a token says of whoever approves a proposal: that it is of a class that may, and when its holder has logged in, where that matters. */
export type ApprovalRight =
  | { readonly kind: 'any login' }
  | { readonly kind: 'recent login'; readonly loggedInAt: Date | undefined };

/** A subject with a verified token. */
export type Viewer = Extract<Actor, { readonly kind: 'subject' }>;

export function actorSubject(actor: Actor): SubjectRef | undefined {
  return actor.kind === 'subject' ? actor.subject : undefined;
}

/** The actor as the audit log names it. */
export function formatActor(actor: Actor): string {
  return actor.kind === 'subject' ? formatSubjectRef(actor.subject) : `console ${actor.command}`;
}

/** Whoever acts, as the audit log names them. */
export function formatDelegate(delegate: Delegate): string {
  return delegate.kind === 'recorded' ? delegate.name : formatObjectRef(delegate.object);
}

/** Whoever acts, where it is a subject as well. */
export function agentOf(actor: Actor): Agent | undefined {
  return actor.kind === 'subject' && actor.delegate?.kind === 'agent' ? actor.delegate : undefined;
}

/** Whoever asks, as a name for what is theirs alone, such as cursors and idempotency keys. */
export function formatAsker(actor: Actor): string {
  return actor.kind === 'subject' ? callerName(actor) : formatActor(actor);
}

/**
 * What a subject does itself and what an agent does for it are two callers: the agent may less. JSON keeps the two names apart, and
 * has more than the one ":" of a subject.
 */
export function callerName({ subject, delegate }: Pick<Viewer, 'subject' | 'delegate'>): string {
  const name = formatSubjectRef(subject);
  return delegate?.kind === 'agent' ? JSON.stringify([name, formatObjectRef(delegate.object)]) : name;
}

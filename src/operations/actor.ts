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
      /** Who acts for the subject, by the verified token (its claim `act`); the rights are the subject's. */
      readonly delegate: string | undefined;
    }
  | { readonly kind: 'console'; readonly command: string };

/** A subject that asks for itself. */
export type Viewer = Extract<Actor, { readonly kind: 'subject' }>;

export function actorSubject(actor: Actor): SubjectRef | undefined {
  return actor.kind === 'subject' ? actor.subject : undefined;
}

/** The actor as the audit log names it. */
export function formatActor(actor: Actor): string {
  return actor.kind === 'subject' ? formatSubjectRef(actor.subject) : `console ${actor.command}`;
}

import type { AnswerKind } from '../parts/answer-kind.ts';

/** The four answers, by name. */
export const answerNames: Readonly<Record<AnswerKind, string>> = {
  allowed: 'Allowed',
  denied: 'Denied',
  undecided: 'Cannot be decided',
  hidden: 'Hidden from you',
};

export function allowedSentence({ subject, permission, object }: Question): string {
  return `${subject} has ${permission} on ${object}.`;
}

export function deniedSentence({ subject, permission, object }: Question): string {
  return `${subject} does not have ${permission} on ${object}.`;
}

export function undecidedSentence({ subject, permission, object }: Question): string {
  return `Whether ${subject} has ${permission} on ${object} cannot be decided. It is not a no.`;
}

/** A whole question. */
export interface Question {
  readonly subject: string;
  readonly permission: string;
  readonly object: string;
}

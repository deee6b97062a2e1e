import type { Check } from '../../src/engine/check/check.ts';
import { subjectType } from '../../src/model/subject-ref.ts';

/** A call that is ready to be sent. */
export interface PreparedCall {
  readonly path: string;
  readonly body: string;
  readonly read: (text: string) => readonly boolean[];
}

/** The same question for everybody who speaks AuthZEN below `root`: one evaluation, or many at once. */
export function authzenCall(
  root: string,
  checks: readonly Check[],
  contextOf: (check: Check, now: Date) => Readonly<Record<string, unknown>>,
): PreparedCall {
  const now = new Date();
  const asked = checks.map((check) => {
    const { subject, relation, object } = check;
    if (subject.kind !== 'object') throw new Error('AuthZEN asks about one subject.');
    return {
      subject: { type: subjectType(subject), id: subject.object.id },
      action: { name: relation },
      resource: { type: object.type, id: object.id },
      context: contextOf(check, now),
    };
  });
  const [only] = asked;
  if (asked.length === 1) {
    return {
      path: `${root}/access/v1/evaluation`,
      body: JSON.stringify(only),
      read: (text) => [decisionIn(JSON.parse(text))],
    };
  }
  const read = (text: string) =>
    (JSON.parse(text) as { readonly evaluations: readonly Decided[] }).evaluations.map(decisionIn);
  return { path: `${root}/access/v1/evaluations`, body: JSON.stringify({ evaluations: asked }), read };
}

interface Decided {
  readonly decision?: boolean;
  readonly context?: unknown;
}

function decisionIn({ decision, context }: Decided): boolean {
  if (context !== undefined) throw new Error(`An evaluation was left undecided: ${JSON.stringify(context)}`);
  return decision === true;
}

import type { Check } from '../src/engine/check/check.ts';
import { formatObjectRef } from '../src/model/object-ref.ts';
import { formatSubjectRef } from '../src/model/subject-ref.ts';

/** The body of a request for checks of any subjects, as a service asks for them. */
export function checksQuery(checks: readonly Check[]): string {
  const query = `query Checks($input: CheckPermissionsInput!) {
    checkPermissions(input: $input) { decisions { allowed error { code } } }
  }`;
  const asked = checks.map(({ subject, relation, object, context }) => ({
    subject: formatSubjectRef(subject),
    permission: relation,
    object: formatObjectRef(object),
    context: Object.fromEntries(context),
  }));
  return JSON.stringify({ query, variables: { input: { checks: asked } }, operationName: 'Checks' });
}

interface ChecksAnswer {
  readonly data: { readonly checkPermissions: { readonly decisions: readonly GivenDecision[] } };
}

interface GivenDecision {
  readonly allowed: boolean;
  readonly error: { readonly code: string } | null;
}

/** The answer's booleans, in the order of the checks. */
export function decisionsIn(text: string): readonly boolean[] {
  const { data } = JSON.parse(text) as ChecksAnswer;
  return data.checkPermissions.decisions.map(({ allowed, error }) => {
    if (error !== null) throw new Error(`A check is undecided: ${error.code}.`);
    return allowed;
  });
}

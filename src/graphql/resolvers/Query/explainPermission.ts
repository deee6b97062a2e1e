import { formatObjectRef } from '../../../model/object-ref.ts';
import { formatSubjectRef } from '../../../model/subject-ref.ts';
import type { ExplainedCheck } from '../../../operations/access/explain-check.ts';
import { explainPermission as explain } from '../../../operations/access/explain-permission.ts';
import type { NamedStep } from '../../../operations/access/explanation.ts';
import type { ExplanationPartKind, ExplanationStepKind, QueryResolvers } from '../../__generated__/resolver-types.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { refusalError } from '../../errors.ts';
import { permissionDecision } from '../../permission-decision.ts';
import { contextualOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

const kinds = {
  holds: 'HOLDS',
  self: 'SELF',
  relationship: 'RELATIONSHIP',
  notExcluded: 'NOT_EXCLUDED',
  excluded: 'EXCLUDED',
  unmet: 'UNMET_CONDITION',
  undecided: 'UNDECIDED',
  hidden: 'HIDDEN',
} as const satisfies Record<string, ExplanationStepKind>;

const partKinds = {
  subject: 'SUBJECT',
  delegate: 'DELEGATE',
  acting: 'ACTING',
} as const satisfies Record<string, ExplanationPartKind>;

export const explainPermission: NonNullable<QueryResolvers['explainPermission']> = async (
  _parent,
  { subject, permission, object, context: given, contextualRelationships, consistency },
  context,
) => {
  const explained = await explain(context.postern, viewerOf(context), {
    subject,
    permission,
    object,
    context: new Map(Object.entries(given ?? {})),
    contextual: contextualOf(contextualRelationships),
    consistency: consistencyOf(consistency, context),
  });
  if (!explained.ok) throw refusalError(explained.problem);
  const { parts, token } = explained.value;
  return {
    ...explanationOf(explained.value),
    parts: parts.map(({ kind, check, isDeciding, ...part }) => ({
      ...explanationOf(part),
      kind: partKinds[kind],
      subject: formatSubjectRef(check.subject),
      permission: check.relation,
      object: formatObjectRef(check.object),
      isDeciding,
    })),
    consistencyToken: token,
  };
};

function explanationOf({ decision, text, steps, roles }: ExplainedCheck) {
  return { decision: permissionDecision(decision), text, steps: steps.map(stepOf), sufficientRoles: roles };
}

function stepOf({ kind, relationship: record, createdAt, createdBy, ...step }: NamedStep) {
  return {
    ...step,
    kind: kinds[kind],
    condition: record?.condition ?? null,
    startsAt: record?.startsAt ?? null,
    expiresAt: record?.expiresAt ?? null,
    subject: record?.subject ?? null,
    createdAt,
    createdBy,
  };
}

import { explainPermission as explain } from '../../../operations/access/explain-permission.ts';
import type { ExplanationStepKind, QueryResolvers } from '../../__generated__/resolver-types.ts';
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
  const { decision, steps, roles, text, token } = explained.value;
  return {
    decision: permissionDecision(decision),
    text,
    steps: steps.map(({ kind, relationship: record, createdAt, createdBy, ...step }) => ({
      ...step,
      kind: kinds[kind],
      condition: record?.condition ?? null,
      startsAt: record?.startsAt ?? null,
      expiresAt: record?.expiresAt ?? null,
      subject: record?.subject ?? null,
      createdAt,
      createdBy,
    })),
    sufficientRoles: roles,
    consistencyToken: token,
  };
};

import { quote } from '../../../base/text-problem.ts';
import { limits } from '../../../model/limits.ts';
import { checkPermissions as answer } from '../../../operations/access/check-permissions.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { parseModelId } from '../../authorization-model.ts';
import { assertCount } from '../../checked-arguments.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { badInput, refusalError } from '../../errors.ts';
import { permissionDecision } from '../../permission-decision.ts';
import { contextualOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const checkPermissions: NonNullable<QueryResolvers['checkPermissions']> = async (
  _parent,
  { input },
  context,
) => {
  assertCount(input.checks, limits.checksPerField.most, 'checks');
  const modelId = modelIdOf(input.modelId);
  const answered = await answer(context.postern, viewerOf(context), {
    checks: input.checks.map(({ subject, permission, object, context: given }) => ({
      subject,
      relation: permission,
      object,
      context: new Map(Object.entries(given ?? {})),
    })),
    contextual: contextualOf(input.contextualRelationships),
    consistency: consistencyOf(input.consistency, context),
    modelId,
  });
  if (!answered.ok) throw refusalError(answered.problem);
  const { decisions, token, ageMs } = answered.value;
  return { decisions: decisions.map(permissionDecision), consistencyToken: token, stateAgeMs: ageMs };
};

/** An empty id is an id that no model has; it must not mean the active one. */
function modelIdOf(id: string | null | undefined): number | undefined {
  if (id === null || id === undefined) return undefined;
  const parsed = parseModelId(id);
  if (parsed === undefined)
    throw badInput(`${quote(id)} is not the number of a model; "authorizationModels" lists them.`);
  return parsed;
}

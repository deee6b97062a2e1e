import { z } from 'zod';
import { textProblem } from '../../base/text-problem.ts';
import { isPermissionName, maxRelationNameBytes } from '../../model/names.ts';
import { checkedText, typeNameProblem } from './checked-text.ts';
import { type ActorSetting, type SubjectEncoding, subjectEncodings } from './token-class.ts';

/** What a token class says of those who act for its callers. */
export const actorShape = z.strictObject({
  subjectType: checkedText(typeNameProblem),
  subjectEncoding: z.enum(subjectEncodings, { error: () => `is not one of ${subjectEncodings.join(', ')}` }).optional(),
  claim: checkedText(claimProblem).default('act.sub'),
  required: z.boolean().default(false),
  permission: checkedText(permissionProblem).default('can_act_for'),
});

/** Ids of those who act are encoded as those of the callers, unless the setting says otherwise. */
export function actorSettingOf(
  { claim, subjectEncoding, ...rest }: z.output<typeof actorShape>,
  ofCallers: SubjectEncoding,
): ActorSetting {
  return { ...rest, subjectEncoding: subjectEncoding ?? ofCallers, claim: claimPath(claim) };
}

/** `act.sub` is the member `sub` of the claim `act`; a name with ":" or "/" is that of one claim, whatever else is in it. */
function claimPath(text: string): readonly string[] {
  return /[:/]/.test(text) ? [text] : text.split('.');
}

function claimProblem(text: string): string | undefined {
  const path = claimPath(text);
  if (path.includes('')) return 'is not the name of a claim, nor names with "." between them, as in "act.sub"';
  // RFC 8693, section 4.1: who acted before is history, and decides nothing.
  if (path.filter((name) => name === 'act').length > 1) return 'names who acted before, and not who acts now';
  return textProblem(text, 256);
}

function permissionProblem(text: string): string | undefined {
  if (!isPermissionName(text)) return 'is not a permission: those are named "can_…"';
  return /^\w+$/.test(text) ? textProblem(text, maxRelationNameBytes) : 'is not the name of a permission';
}

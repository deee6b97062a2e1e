import { quote } from '../../../base/text-problem.ts';
import { mustKeepRelation, noSelfGrantRelation } from '../../../model/declarations.ts';
import { runtimeParametersRelation } from '../../../model/runtime-parameters.ts';
import type { PlatformPermission } from '../../../operations/authorize.ts';

const ofPlatform: readonly PlatformPermission[] = [
  ...(['can_check_any_subject', 'can_read_relationships', 'can_write_relationships', 'can_publish_model'] as const),
  ...(['can_read_model', 'can_read_audit_log', 'can_read_own_audit_log'] as const),
];

/** What a relation of this name means in Postern and meant nowhere else; a sentence, or nothing. */
export function meaningOfName(name: string): string | undefined {
  if (name === 'can_manage_access') return 'Whoever holds it gives and takes roles on the object in Postern.';
  if (name.startsWith('can_grant_'))
    return `Whoever holds it gives and takes ${quote(name.slice('can_grant_'.length))} in Postern.`;
  if (name === mustKeepRelation) return 'It names a role that an object must keep in Postern.';
  if (name === noSelfGrantRelation) return 'It names roles that nobody gives to themselves in Postern.';
  if (name === runtimeParametersRelation) return 'It names parameters that only requests fill in Postern.';
  if (ofPlatform.some((right) => right === name))
    return "On the platform's own object it is a right of Postern itself.";
  return undefined;
}

/** The same of a condition. */
export function meaningOfCondition(name: string): string | undefined {
  return name.startsWith('break_glass') ? 'Whoever is let through by it is in the audit log of Postern.' : undefined;
}

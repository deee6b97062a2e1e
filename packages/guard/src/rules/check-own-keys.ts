import { isKeyField } from './field-set.ts';
import { type GuardProblem, problem } from './guard-problem.ts';
import type { WrittenGuard } from './written-guard.ts';

/** The gateway fetches keys to join entities, for whoever asks; a guarded one would break joins and hide nothing. */
export function checkOwnKeys({ subgraph, type, field, requirement }: WrittenGuard): readonly GuardProblem[] {
  if (field === undefined || !isKeyField(subgraph, type.name, field.name)) return [];
  return [problem('guarded-key', requirement.node, guardedKey(type.name, field.name))];
}

export function guardedKey(type: string, field: string): string {
  return `"${type}.${field}" belongs to a @key, without which the gateway cannot join; guard the fields that return a "${type}", or its other fields.`;
}

import { invariant } from '../base/invariant.ts';
import type { Decision } from '../model/decision.ts';
import type { RelationName } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { ViewerCheck } from '../operations/access/check-viewer.ts';
import type { DecisionLoader } from './decision-loader.ts';
import type { PermissionField } from './entity-binding.ts';

/** What was decided of one object: those permissions that the answer has of it. */
export class DecidedPermissions {
  readonly #asked: readonly PermissionField[];
  readonly #decisions: readonly Decision[];
  readonly #start: number;

  /** The decisions of `asked` stand together, from `start` on. */
  constructor(asked: readonly PermissionField[], decisions: readonly Decision[], start: number) {
    this.#asked = asked;
    this.#decisions = decisions;
    this.#start = start;
  }

  of(permission: RelationName): Decision {
    const place = this.#asked.findIndex((one) => one.permission === permission);
    const decision = place < 0 ? undefined : this.#decisions[this.#start + place];
    invariant(decision !== undefined, 'a permission that is answered was asked for');
    return decision;
  }
}

/** An object, and what of it is to be decided. */
export interface PermissionsQuestion {
  readonly object: ObjectRef;
  readonly permissions: readonly PermissionField[];
}

/** Decides the permissions of several objects together: an answer for each question, nothing where there is none. */
export async function decidePermissions(
  decisions: DecisionLoader,
  questions: readonly (PermissionsQuestion | undefined)[],
): Promise<readonly (DecidedPermissions | undefined)[]> {
  const checks: ViewerCheck[] = [];
  for (const question of questions) {
    if (question === undefined) continue;
    for (const { permission } of question.permissions) checks.push({ permission, object: question.object });
  }
  const decided = checks.length === 0 ? [] : await decisions.loadAll(checks);
  let start = 0;
  return questions.map((question) => {
    if (question === undefined) return undefined;
    const ofObject = new DecidedPermissions(question.permissions, decided, start);
    start += question.permissions.length;
    return ofObject;
  });
}

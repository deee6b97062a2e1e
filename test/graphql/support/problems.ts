import { expect } from 'vitest';
import { isRecord } from '../../../src/base/canonical-json.ts';
import type { Answer } from '../../support/postern-server.ts';

/** A question of every kind, with good defaults for all variables: a test replaces the one that it is about. */
export const questions = {
  check:
    'query ($subject: SubjectRef = "user:mia", $permission: String = "can_edit", $object: ObjectRef = "document:1", $context: JSONObject) { checkPermissions(input: { checks: [{ subject: $subject, permission: $permission, object: $object, context: $context }] }) { decisions { error { code message } } } }',
  can: 'query ($permission: String = "can_edit", $object: ObjectRef = "document:1") { viewer { can(permission: $permission, object: $object) } }',
  permissions: 'query ($object: ObjectRef!) { viewer { permissions(objects: [$object]) { granted } } }',
  decisions:
    'query ($permission: String = "can_edit", $object: ObjectRef = "document:1") { viewer { decisions(checks: [{ permission: $permission, object: $object }]) { error { code message } } } }',
  objects:
    'query ($subject: SubjectRef = "user:mia", $permission: String = "can_edit", $type: String = "document") { accessibleObjects(subject: $subject, permission: $permission, type: $type) { isCutShort } }',
  subjects:
    'query ($object: ObjectRef = "document:1", $permission: String = "can_edit", $type: String = "user", $relation: String) { subjectsWithAccess(object: $object, permission: $permission, subjectType: $type, subjectRelation: $relation) { isCutShort } }',
  contextual:
    'query ($contextual: AccessRelationshipInput!) { checkPermissions(input: { checks: [], contextualRelationships: [$contextual] }) { decisions { allowed } } }',
  grant:
    'mutation ($object: ObjectRef = "folder:plans", $role: String = "editor", $subject: SubjectRef = "user:x", $condition: AccessConditionInput, $startsAt: DateTime, $expiresAt: DateTime, $reason: String, $key: String) { grantRole(input: { object: $object, role: $role, subject: $subject, condition: $condition, startsAt: $startsAt, expiresAt: $expiresAt, reason: $reason, idempotencyKey: $key }) { userErrors { code message } } }',
  write:
    'mutation ($write: AccessRelationshipInput!) { writeRelationships(input: { writes: [$write] }) { userErrors { code message } } }',
  list: 'query ($filter: AccessRelationshipFilter, $first: Int, $after: String) { accessRelationships(filter: $filter, first: $first, after: $after) { edges { cursor } } }',
};

/** Everything in an answer that says what is wrong, wherever it stands, as `CODE: message`. */
export function problemsOf({ text }: Answer): readonly string[] {
  const found: string[] = [];
  JSON.parse(text, (_key, value: unknown) => {
    if (!isRecord(value) || typeof value.message !== 'string') return value;
    const { code } = isRecord(value.extensions) ? value.extensions : value;
    found.push(`${String(code)}: ${value.message}`);
    return value;
  });
  return found;
}

const inside = /node_modules|\bat \w+ \(|\.ts\b|select |insert |postgres|relation "|ECONN/i;

/** Asserts that the only thing an answer says is this problem, and nothing of the server's inside. */
export function expectProblem(answer: Answer, code: string, part: string | RegExp): void {
  expect(answer.status).toBeLessThan(500);
  expect(problemsOf(answer)).toEqual([expect.stringMatching(new RegExp(`^${code}: `))]);
  expect(problemsOf(answer)[0]).toMatch(part);
  expect(answer.text).not.toMatch(inside);
}

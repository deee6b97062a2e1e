import { formatObjectRef, type ObjectRef } from '../src/model/object-ref.ts';
import type { GrantRequest } from './bench-request.ts';
import { named } from './relate.ts';

/** The body of a mutation that gives the role to somebody new. */
export function grantQuery({ object, role }: GrantRequest): string {
  const query = `mutation Grant($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code message } } }`;
  const input = { object: formatObjectRef(object), role, subject: formatObjectRef(newcomer()) };
  return JSON.stringify({ query, variables: { input }, operationName: 'Grant' });
}

export function isGranted(text: string): boolean {
  return text.includes('"userErrors":[]');
}

let newcomers = 0;

/** Somebody whom no earlier run of the bench, and no other process of this one, has named. */
export function newcomer(): ObjectRef {
  newcomers += 1;
  return named('user', `newcomer-${process.pid}-${startedAt}-${newcomers}`);
}

const startedAt = Date.now();

/** What is known of a permission. `unknown` is neither a yes nor a no: nothing is offered, and nothing is called forbidden. */
export type Known = 'allowed' | 'denied' | 'unknown';

/** Reads what a query answered: not there yet, null, or a boolean. */
export function knownPermission<Permissions extends object>(
  permissions: Permissions | null | undefined,
  permission: keyof Permissions,
): Known {
  const answer = permissions?.[permission];
  if (answer === true) return 'allowed';
  return answer === false ? 'denied' : 'unknown';
}

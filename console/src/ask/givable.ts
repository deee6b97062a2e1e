import { useQueries } from '@tanstack/react-query';
import { decisionsQuery } from './rights.ts';
import { useCaller } from './session.ts';

/** A role on an object. */
export interface PlacedRole {
  readonly object: string;
  readonly role: string;
}

/** Of so many it is asked in one request. */
const perRequest = 50;

/** Which of these roles the caller may give and take away; what is not known yet, nobody may. */
export function useGivable(roles: readonly PlacedRole[]): (object: string, role: string) => boolean {
  const { subject } = useCaller();
  const placed = [...new Map(roles.map((one) => [keyOf(one), one])).values()];
  const chunks = Array.from({ length: Math.ceil(placed.length / perRequest) }, (_, index) =>
    placed.slice(index * perRequest, (index + 1) * perRequest),
  );
  const answers = useQueries({ queries: chunks.map((chunk) => decisionsQuery(subject, chunk.flatMap(checksOf))) });
  const givable = new Set<string>();
  for (const [number, chunk] of chunks.entries()) {
    for (const [index, one] of chunk.entries()) {
      const [own, manage] = [answers[number]?.data?.[2 * index], answers[number]?.data?.[2 * index + 1]];
      // Where the type names no permission of its own for a role, whoever manages the object gives it.
      const asManager = own?.error?.code === 'UNKNOWN_RELATION' && manage?.allowed === true;
      if (own?.allowed === true || asManager) givable.add(keyOf(one));
    }
  }
  return (object, role) => givable.has(keyOf({ object, role }));
}

function checksOf({ object, role }: PlacedRole) {
  return [
    { permission: `can_grant_${role}`, object },
    { permission: 'can_manage_access', object },
  ];
}

function keyOf({ object, role }: PlacedRole): string {
  return JSON.stringify([object, role]);
}

import type { EdgeOrigin } from '../../engine/ports.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import type { RowOf } from './row-of.ts';
import type { relationship } from './tables.ts';

/** The columns that say where a relationship comes from. */
export type OriginRow = Pick<RowOf<typeof relationship>, 'starts_at' | 'expires_at' | 'created_at' | 'created_by'>;

export function originOf({ created_at, created_by, starts_at, expires_at }: OriginRow): EdgeOrigin {
  const by = created_by === null ? undefined : parseSubjectRef(created_by);
  if (by?.ok === false) throw new Error(`A stored relationship is damaged: ${by.problem}`);
  const times = { startsAt: starts_at ?? undefined, expiresAt: expires_at ?? undefined };
  return { createdAt: created_at, createdBy: by?.value, ...times };
}

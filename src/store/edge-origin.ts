import type { EdgeOrigin } from '../engine/ports.ts';
import { parseSubjectRef } from '../model/subject-ref.ts';

/** The columns that say where a relationship comes from. */
export interface OriginRow {
  readonly expires_at: string | null;
  readonly created_at: string;
  readonly created_by: string | null;
}

export function originOf({ created_at, created_by, expires_at }: OriginRow): EdgeOrigin {
  const by = created_by === null ? undefined : parseSubjectRef(created_by);
  if (by?.ok === false) throw new Error(`A stored relationship is damaged: ${by.problem}`);
  return {
    createdAt: new Date(created_at),
    createdBy: by?.value,
    expiresAt: expires_at === null ? undefined : new Date(expires_at),
  };
}

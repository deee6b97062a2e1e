import type { GrantFilter, GrantRange, GrantRead, StoredGrant } from '../../../src/engine/ports.ts';
import { formatSubjectRef } from '../../../src/model/subject-ref.ts';
import { isSetNumber, type MemoryRow } from './memory-state.ts';

/** Grants of rows that are there, range by range, in the order of the subjects. */
export function readMemoryGrants(
  rows: readonly MemoryRow[],
  ranges: readonly GrantRange[],
  filter: GrantFilter,
  limit: number,
): GrantRead {
  const found = ranges.flatMap((range, position) =>
    rows.filter((row) => isInRange(row, range) && isAsked(row, range, filter)).map((row) => grantOf(row, position)),
  );
  const grants = found.slice(0, limit);
  const end = grants.at(-1);
  const last = end === undefined || grants.length < limit ? undefined : { range: end.range, place: end.place };
  return { grants, last };
}

function isInRange({ edge, subject }: MemoryRow, { object, relation, after }: GrantRange): boolean {
  return edge.object === object && edge.relation === relation && subject > after && !isSetNumber(subject);
}

function isAsked({ relationship }: MemoryRow, { end }: GrantRange, filter: GrantFilter): boolean {
  const { subject, expiresBefore, withoutEnd } = filter;
  if (subject !== undefined && formatSubjectRef(subject) !== formatSubjectRef(relationship.subject)) return false;
  const ends = [end, relationship.expiresAt].filter((one) => one !== undefined);
  if (withoutEnd && ends.length > 0) return false;
  return expiresBefore === undefined || ends.some((one) => one < expiresBefore);
}

function grantOf({ edge, subject, relationship }: MemoryRow, range: number): StoredGrant {
  const { createdAt, createdBy, startsAt, expiresAt } = relationship;
  const origin = { createdAt, createdBy, startsAt, expiresAt };
  return { range, edge, place: subject, subject: relationship.subject, origin };
}

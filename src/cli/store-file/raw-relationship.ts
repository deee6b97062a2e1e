import { z } from 'zod';
import { ok, type Result } from '../../base/result.ts';
import type { ConditionName, RelationName } from '../../model/names.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';

/** A relationship as test and store files write it; not parsed yet, because some tests are about malformed ones. */
export interface RawRelationship {
  readonly object: string;
  readonly relation: string;
  readonly user: string;
  readonly condition?: RawCondition | null | undefined;
  /** In RFC 3339; a key that OpenFGA's tools do not have. */
  readonly expiresAt?: string | null | undefined;
}

interface RawCondition {
  readonly name: string;
  readonly context?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Values for conditions, as these files write them. */
export const contextShape = z.record(z.string(), z.unknown()).nullish();

/** The shape of one in YAML. */
export const rawRelationshipShape = z.strictObject({
  user: z.string(),
  relation: z.string(),
  object: z.string(),
  condition: z.strictObject({ name: z.string(), context: contextShape }).nullish(),
  expiresAt: z.iso.datetime({ offset: true, message: 'is no time, such as "2030-01-01T00:00:00Z"' }).nullish(),
});

/** Parses it; whether the model admits it is judged where it is used. */
export function parseRawRelationship(raw: RawRelationship): Result<Relationship, string> {
  const object = parseObjectRef(raw.object);
  if (!object.ok) return object;
  const subject = parseSubjectRef(raw.user);
  if (!subject.ok) return subject;
  const condition = raw.condition && {
    name: raw.condition.name as ConditionName,
    context: new Map(Object.entries(raw.condition.context ?? {})),
  };
  return ok({
    object: object.value,
    relation: raw.relation as RelationName,
    subject: subject.value,
    condition: condition ?? undefined,
    startsAt: undefined,
    expiresAt: typeof raw.expiresAt === 'string' ? new Date(raw.expiresAt) : undefined,
  });
}

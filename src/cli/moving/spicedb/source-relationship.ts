/** A relationship as SpiceDB keeps it. */
export interface SourceRelationship {
  /** Where it stands: a line of a text, or its place in a backup. */
  readonly line: number;
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** Empty where the subject is an object. */
  readonly subjectRelation: string;
  readonly caveat: SourceCaveat | undefined;
  readonly expiresAt: Date | undefined;
}

export interface SourceCaveat {
  readonly name: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** As SpiceDB writes it, without its caveat and its end. */
export function formatSource({
  type,
  id,
  relation,
  subjectType,
  subjectId,
  subjectRelation,
}: SourceRelationship): string {
  const subject = `${subjectType}:${subjectId}${subjectRelation === '' ? '' : `#${subjectRelation}`}`;
  return `${type}:${id}#${relation}@${subject}`;
}

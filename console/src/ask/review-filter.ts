import type { ObjectPeopleQueryVariables } from './__generated__/operations.ts';

/** Which entries of a review, as the address says it. */
export interface ReviewFields {
  readonly contained?: string;
  readonly role?: string;
  /** Only what ends before this day. */
  readonly before?: string;
  readonly withoutEnd?: string;
  /** Only who does not hold this relation on the object. */
  readonly outsiders?: string;
}

type Filter = NonNullable<ObjectPeopleQueryVariables['filter']>;

export function reviewFilter(
  object: string,
  { role, before, withoutEnd, outsiders }: ReviewFields,
): Filter | undefined {
  const at = before === undefined ? Number.NaN : Date.parse(before);
  const filter: Filter = {
    ...(isGiven(role) && { role }),
    ...(!Number.isNaN(at) && { expiresBefore: new Date(at).toISOString() }),
    ...(withoutEnd === 'yes' && { withoutEnd: true }),
    ...(isGiven(outsiders) && { notHolding: { object, relation: outsiders } }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** The same for people, in the order of the form. */
export function filterText({ role, before, withoutEnd, outsiders }: ReviewFields): string {
  return [
    ...(isGiven(role) ? [`the role ${role}`] : []),
    ...(isGiven(before) ? [`what ends before ${before}`] : []),
    ...(withoutEnd === 'yes' ? ['what has no end'] : []),
    ...(isGiven(outsiders) ? [`who is not ${outsiders}`] : []),
  ].join(', ');
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

import { FindingsDocument, type FindingsQuery, type FindingsQueryVariables } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { usePages } from './use-pages.ts';

export type Finding = FindingsQuery['findings']['edges'][number]['node'];

/** What is looked for, as the address says it. */
export interface FindingFields {
  /** One kind; the usual ones without it. */
  readonly kind?: string;
  /** Only what is about objects of this type. */
  readonly type?: string;
  /** `yes` for the object by itself, without what belongs to it. */
  readonly alone?: string;
  /** The relation of the object that says who is inside. */
  readonly insiders?: string;
  readonly steps?: string;
  /** For how long something was not used. */
  readonly days?: string;
}

export function findingsVariables(object: string, fields: FindingFields): FindingsQueryVariables {
  const { kind = '', alone, insiders = '', steps = '', days = '' } = fields;
  return {
    object,
    includeContained: alone !== 'yes',
    ...(kind !== '' && { kinds: [kind as NonNullable<Finding['kind']>] }),
    ...(insiders !== '' && { insiders: `${object}#${insiders}` }),
    ...(/^[1-5]$/.test(steps) && { steps: Number(steps) }),
    ...(/^\d{1,3}$/.test(days) && { days: Number(days) }),
  };
}

/** Findings page by page, the heaviest first; asked only by whoever may review the object, as a refusal is recorded. */
export function useFindings(variables: FindingsQueryVariables, mayReview: boolean) {
  return usePages({
    question: ['findings', variables],
    isEnabled: mayReview,
    read: async (after) => ({ ...(await ask(FindingsDocument, { ...variables, after })).findings, isCutShort: false }),
  });
}

/** The type of the object that a finding is about; it may be about several. */
export function typeOfFinding({ object, relationships }: Finding): string {
  const name = object ?? relationships[0]?.object ?? '';
  return name.slice(0, Math.max(0, name.indexOf(':')));
}

import { csvRow } from '../base/csv-row.ts';
import type { GrantEffect } from '../engine/review/grant-effect.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import { formatRelationship } from '../model/relationship.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';
import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { describeRefusal } from '../operations/refusal.ts';
import { type AccessReviewEntry, type AccessReviewInput, reviewAccess } from '../operations/reviews/review-access.ts';

const actor: Actor = { kind: 'console', command: 'postern access-report' };

const header = [
  'object',
  'role',
  'subject',
  'effective',
  'granted at',
  'granted by',
  'starts at',
  'expires at',
  'conditions',
  'through',
];

export type ReportQuestion = Pick<
  AccessReviewInput,
  'object' | 'includeContained' | 'expiresBefore' | 'withoutEnd' | 'notHolding'
>;

export interface Report {
  readonly entries: number;
  /** Of those, how many have no effect at the moment. */
  readonly ineffective: number;
  /** False when something that belongs to the object may be missing. */
  readonly isComplete: boolean;
}

/** Writes who has which role on an object as CSV, page by page: never more than one page is held in memory. */
export async function reportAccess(
  postern: Postern,
  question: ReportQuestion,
  write: (text: string) => Promise<void>,
  progress: (entries: number) => void,
): Promise<Report> {
  let report: Report = { entries: 0, ineffective: 0, isComplete: true };
  let after: string | undefined;
  do {
    const input = { ...question, role: undefined, subject: undefined, first: 100, after };
    const page = await reviewAccess(postern, actor, input);
    if (!page.ok) throw new Error(describeRefusal(page.problem));
    const { entries, hasMore, endCursor, isComplete } = page.value;
    // What is refused leaves no table behind.
    if (after === undefined) await write(csvRow(header));
    await write(entries.map((entry) => csvRow(cellsOf(entry))).join(''));
    report = {
      entries: report.entries + entries.length,
      ineffective: report.ineffective + entries.filter(({ effect }) => effect.kind !== 'effective').length,
      isComplete: report.isComplete && isComplete,
    };
    progress(report.entries);
    if (hasMore && endCursor === undefined) throw new Error('The review does not say where to go on.');
    after = hasMore ? endCursor : undefined;
  } while (after !== undefined);
  return report;
}

function cellsOf(entry: AccessReviewEntry): readonly string[] {
  const { object, role, subject, via, grantedAt, grantedBy, startsAt, expiresAt, effect } = entry;
  const conditions = via.flatMap(({ condition }) =>
    condition ? [`${condition.name} ${JSON.stringify(Object.fromEntries(condition.context))}`] : [],
  );
  return [
    formatObjectRef(object),
    role.name,
    formatSubjectRef(subject),
    describeEffect(effect),
    grantedAt.toISOString(),
    grantedBy === undefined ? 'console' : formatSubjectRef(grantedBy),
    startsAt?.toISOString() ?? '',
    expiresAt?.toISOString() ?? '',
    conditions.join('; '),
    via.map(formatRelationship).join(' <- '),
  ];
}

function describeEffect(effect: GrantEffect): string {
  switch (effect.kind) {
    case 'effective':
      return 'yes';
    case 'none':
      return `no: ${effect.reason.toLowerCase().replaceAll('_', ' ')}`;
    case 'undecided':
      return `undecided: ${effect.problem.message}`;
  }
}

import { csvText } from './csv.ts';
import type { ReviewEntry } from './review-groups.ts';

export interface ReviewFile {
  readonly object: string;
  readonly isContained: boolean;
  /** As people read them. */
  readonly filter: string;
  readonly caller: string;
  readonly at: string;
  readonly entries: readonly ReviewEntry[];
  readonly isComplete: boolean;
  /** What was decided about an entry; nothing for nothing. */
  readonly decisionOf: (entry: ReviewEntry) => string;
}

const header = [
  ...['object', 'role', 'subject', 'effective', 'granted at', 'granted by', 'starts at', 'expires at'],
  ...['conditions', 'through', 'decision'],
];

/** A review as CSV: in the first line what was asked, by whom and when, and whether this is all of it. */
export function reviewCsv(review: ReviewFile): string {
  const { object, isContained, filter, caller, at, entries, isComplete, decisionOf } = review;
  const about = [
    `Review of ${object}${isContained ? ' and what belongs to it' : ''}`,
    filter === '' ? 'everything' : `only ${filter}`,
    `by ${caller}`,
    `at ${at}`,
    isComplete ? 'complete' : 'NOT COMPLETE',
    `${entries.length} entries`,
  ];
  const padded = header.map((_, index) => about[index] ?? '');
  return csvText([padded, header, ...entries.map((entry) => [...cellsOf(entry), decisionOf(entry)])]);
}

function cellsOf(entry: ReviewEntry): readonly string[] {
  const { object, role, subject, via, grantedAt, grantedBy, startsAt, expiresAt, conditions } = entry;
  return [
    object,
    role,
    subject,
    effectOf(entry),
    grantedAt,
    grantedBy ?? 'console',
    startsAt ?? '',
    expiresAt ?? '',
    conditions.map(({ name, context }) => `${name} ${JSON.stringify(context ?? {})}`).join('; '),
    via.map((one) => `${one.object}#${one.relation}@${one.subject}`).join(' <- '),
  ];
}

function effectOf({ isEffective, ineffectiveReason, error }: ReviewEntry): string {
  if (error !== null) return `cannot be decided: ${error.code}`;
  return isEffective ? 'yes' : `no: ${ineffectiveReason ?? ''}`;
}

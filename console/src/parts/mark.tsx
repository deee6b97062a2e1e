import type { AnswerKind } from './answer-kind.ts';

const paths: Readonly<Record<AnswerKind, string>> = {
  // A tick, a bar across, a question mark, an eye that is struck out.
  allowed: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  denied: 'M3.4 3.4 12.6 12.6M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13',
  undecided: 'M5.6 6a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.5M8 12.2v.2',
  hidden: 'M2 8c3-5 9-5 12 0-3 5-9 5-12 0M2.5 13.5l11-11',
};

/** The sign of an answer; beside it stands the word. */
export function Mark({ kind }: { readonly kind: AnswerKind }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[kind]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}

import { type DiffLine, lineDiff } from '../ask/line-diff.ts';
import { impactWords } from '../words/impact-words.ts';
import { sameLinesWords } from '../words/model-words.ts';
import styles from './model-diff.module.css';

/** How many lines around a change are shown. */
const around = 3;

/** Two texts, as what is gone of the one and new in the other. */
export function TextDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const lines = lineDiff(before, after);
  return (
    <div className={styles.lines}>
      {partsOf(lines).map(({ start, isShown, lines: part }) =>
        isShown ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          part.map((line, index) => <DiffLineText key={start + index} line={line} />)
        ) : (
          <span key={start} className={styles.skipped}>
            {sameLinesWords(part.length)}
          </span>
        ),
      )}
    </div>
  );
}

function DiffLineText({ line: { kind, text } }: { readonly line: DiffLine }) {
  if (kind === 'same') return <span className={styles.same}>{text || '\u00a0'}</span>;
  const isGone = kind === 'removed';
  const word = <span className="only-read">{isGone ? impactWords.before : impactWords.after}: </span>;
  if (isGone) {
    return (
      <del className={styles.before}>
        {word}
        {text}
      </del>
    );
  }
  return (
    <ins className={styles.after}>
      {word}
      {text}
    </ins>
  );
}

interface Part {
  readonly start: number;
  readonly isShown: boolean;
  readonly lines: readonly DiffLine[];
}

/** What is far from every change is left out. */
function partsOf(lines: readonly DiffLine[]): readonly Part[] {
  const isShown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const starts = isShown.flatMap((shown, index) => (index === 0 || shown !== isShown[index - 1] ? [index] : []));
  return starts.map((start, index) => ({
    start,
    isShown: isShown[start] ?? false,
    lines: lines.slice(start, starts[index + 1]),
  }));
}

import { memo } from 'react';
import styles from './model-text.module.css';
import { modelTokens } from './model-tokens.ts';

/** Something to see at a place of a line. */
export interface LineMark {
  readonly line: number;
  /** Counts from 1; the whole line without it. */
  readonly column: number | null;
}

interface ModelTextProps {
  readonly text: string;
  readonly marks?: readonly LineMark[];
}

/** The lines of a model's text, with their numbers; stands in a `pre`. */
export function ModelText({ text, marks = [] }: ModelTextProps) {
  const marked = Map.groupBy(marks, ({ line }) => line);
  return (
    <code className={styles.lines}>
      {text.split('\n').map((line, index) => {
        const [mark] = marked.get(index + 1) ?? [];
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
        return <Line key={index} text={line} isMarked={mark !== undefined} markedAt={(mark?.column ?? 0) - 1} />;
      })}
    </code>
  );
}

interface LineProps {
  readonly text: string;
  readonly isMarked: boolean;
  /** Where in it something is; nowhere in particular if it is before its beginning. */
  readonly markedAt: number;
}

const Line = memo(function Line({ text, isMarked, markedAt }: LineProps) {
  let end = 0;
  return (
    <span className={isMarked ? `${styles.line} ${styles.marked}` : styles.line}>
      {modelTokens(text).map(({ kind, text: piece }) => {
        const start = end;
        end += piece.length;
        const isWrong = isMarked && start <= markedAt && markedAt < end;
        // What looks like nothing special is no element of its own: there are thousands.
        if (kind === 'plain' && !isWrong) return piece;
        return (
          <span key={start} className={isWrong ? `${styles[kind]} ${styles.wrong}` : styles[kind]}>
            {piece}
          </span>
        );
      })}
      {'\n'}
    </span>
  );
});

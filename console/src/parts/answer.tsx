import type { ReactNode, Ref } from 'react';
import { answerNames } from '../words/answer-words.ts';
import styles from './answer.module.css';
import type { AnswerKind } from './answer-kind.ts';
import { Mark } from './mark.tsx';

interface AnswerProps {
  readonly kind: AnswerKind;
  /** Instead of the usual word for it. */
  readonly name?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

/** An answer in one sentence. */
export function Answer({ kind, name = answerNames[kind], ref, children }: AnswerProps) {
  return (
    <section
      ref={ref}
      tabIndex={-1}
      className={`${styles.answer} ${styles[kind]}`}
      aria-live="polite"
      data-answer={kind}
    >
      <p className={styles.name}>
        <Mark kind={kind} />
        {name}
      </p>
      <div className={styles.sentence}>{children}</div>
    </section>
  );
}

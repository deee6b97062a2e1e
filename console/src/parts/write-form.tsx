import type { KeyboardEvent, ReactNode } from 'react';
import { useDraft } from '../ask/use-draft.ts';
import { useWrite } from '../ask/use-write.ts';
import type { Write, WriteAnswer, WriteProblem } from '../ask/writes.ts';
import { writeWords } from '../words/write-words.ts';
import { Problem } from './problem.tsx';
import { ReasonField } from './reason-field.tsx';
import { RefusedWrite } from './refused-write.tsx';
import styles from './write-form.module.css';

interface WriteFormProps<Input, Answer extends WriteAnswer> {
  readonly write: Write<Input, Answer>;
  /** Undefined as long as something is missing. */
  readonly input: Input | undefined;
  /** What the button that writes says. */
  readonly name: string;
  /** Whether it takes something away: then the button that does not is the first. */
  readonly isDestructive?: boolean;
  readonly showPreview: (answer: Answer) => ReactNode;
  /** Whether what was previewed would be refused. */
  readonly isBlocked?: (answer: Answer) => boolean;
  /** What else one can do where it would be refused. */
  readonly nextStep?: (problem: WriteProblem) => ReactNode;
  /** Whether nothing is written without a reason. */
  readonly needsReason?: boolean;
  /** What stands there as the reason at first. */
  readonly firstReason?: string;
  readonly onCancel: () => void;
  readonly onDone: (answer: Answer, previewed: Answer | undefined) => void;
  readonly children?: ReactNode;
}

/** Fields, a reason, what it would mean by the server's word, and the button that does it. */
export function WriteForm<Input extends object, Answer extends WriteAnswer>(props: WriteFormProps<Input, Answer>) {
  const {
    write,
    input,
    name,
    isDestructive = false,
    showPreview,
    isBlocked,
    nextStep,
    needsReason = false,
    firstReason,
    onCancel,
    onDone,
    children,
  } = props;
  const [reason, setReason] = useDraft('reason', firstReason);
  const state = useWrite({ write, input, reason, onDone });
  const isExplained = !needsReason || reason.trim() !== '';
  const isReady = isExplained && state.isReady && !(state.preview !== undefined && isBlocked?.(state.preview));
  return (
    <form
      className={styles.form}
      aria-busy={state.isPreviewing || state.isSending}
      onKeyDown={submitByKey}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) state.confirm();
      }}
    >
      {children}
      <ReasonField isNeeded={needsReason} reason={reason} onChange={setReason} />
      <div className={styles.foot}>
        <section className={styles.preview} aria-live="polite" aria-label={writeWords.preview}>
          <h3>{writeWords.preview}</h3>
          {input === undefined && <p className="muted">{writeWords.notWhole}</p>}
          {state.isPreviewing && state.preview === undefined && <p className="muted">{writeWords.previewing}</p>}
          {state.problems.map((problem) => (
            <RefusedWrite key={problem.message} problem={problem} nextStep={nextStep?.(problem)} />
          ))}
          {state.problems.length === 0 && state.preview !== undefined && showPreview(state.preview)}
          {state.error !== null && <Problem error={state.error} {...(!state.isUnknown && { again: state.askAgain })} />}
          {state.isUnknown && <p>{writeWords.unknown}</p>}
        </section>
        <div className={styles.buttons}>
          <button type="button" className="quiet" data-first={isDestructive ? '' : undefined} onClick={onCancel}>
            {writeWords.cancel}
          </button>
          <button type="submit" className={isDestructive ? styles.destructive : undefined} disabled={!isReady}>
            {state.isSending ? writeWords.sending : state.isUnknown ? writeWords.again : name}
          </button>
        </div>
      </div>
    </form>
  );
}

function submitByKey(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

import { useState } from 'react';
import type { ReviewDecision } from '../ask/review-decisions.ts';
import { useReviewPreviews } from '../ask/use-review.ts';
import { useSimulation } from '../ask/use-simulation.ts';
import type { RoleAnswer } from '../ask/writes.ts';
import { objectWords } from '../words/object-words.ts';
import { applyWords, pendingWords, reviewWords } from '../words/review-words.ts';
import { writeWords } from '../words/write-words.ts';
import { Dialog } from './dialog.tsx';
import { PreviewText } from './preview-text.tsx';
import { Problem } from './problem.tsx';
import { ReasonField } from './reason-field.tsx';
import { RefusedWrite } from './refused-write.tsx';
import styles from './write-form.module.css';

interface ReviewDialogProps {
  readonly object: string;
  readonly pending: readonly ReviewDecision[];
  readonly onApply: (wanted: readonly ReviewDecision[], reason: string) => void;
  readonly onClose: () => void;
}

/** What the decisions would mean, together and each, by the server's word; then they can be applied. */
export function ReviewDialog({ object, pending, onApply, onClose }: ReviewDialogProps) {
  const [reason, setReason] = useState('');
  const { data: previews, error, refetch } = useReviewPreviews(pending, true);
  // What would be refused is not tried.
  const wanted = pending.filter(({ key }) => previews?.get(key)?.userErrors.length === 0);
  return (
    <Dialog title={pendingWords(pending.length)} isDrawer onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onApply(wanted, reason);
        }}
      >
        <Together object={object} pending={pending} />
        <p className="muted">{reviewWords.each}</p>
        {error !== null && <Problem error={error} again={() => void refetch()} />}
        {error === null && previews === undefined && <p role="status">{writeWords.previewing}</p>}
        {pending.map((decision) => (
          <section key={decision.key} className={styles.preview} aria-label={titleOf(decision)}>
            <h3>
              <bdi>{titleOf(decision)}</bdi>
            </h3>
            <OnePreview answer={previews?.get(decision.key)} />
          </section>
        ))}
        <ReasonField reason={reason} onChange={setReason} />
        <div className={styles.buttons}>
          <button type="button" className="quiet" data-first="" onClick={onClose}>
            {writeWords.cancel}
          </button>
          <button type="submit" className={styles.destructive} disabled={wanted.length === 0}>
            {applyWords(wanted.length)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** All of it in one change: two that are harmless by themselves may not be. */
function Together({ object, pending }: { readonly object: string; readonly pending: readonly ReviewDecision[] }) {
  const { data, error, refetch } = useSimulation(object, pending);
  return (
    <section className={styles.preview} aria-live="polite" aria-label={reviewWords.together}>
      <h3>{reviewWords.together}</h3>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {error === null && data === undefined && <p className="muted">{writeWords.previewing}</p>}
      {data?.problems.map(({ message }) => (
        <p key={message} role="alert">
          <bdi>{message}</bdi>
        </p>
      ))}
      {data?.text.split('\n').map((line) => (
        <p key={line}>
          <bdi>{line}</bdi>
        </p>
      ))}
      {data?.isComplete === false && <p className="muted">{writeWords.notComplete}</p>}
    </section>
  );
}

function titleOf({ choice, role, subject, object }: ReviewDecision): string {
  const what = choice === 'revoke' ? objectWords.revoke : objectWords.extend;
  return `${what}: ${role} of ${subject} on ${object}`;
}

function OnePreview({ answer }: { readonly answer: RoleAnswer | undefined }) {
  if (answer === undefined) return undefined;
  return (
    <>
      {answer.userErrors.map((problem) => (
        <RefusedWrite key={problem.message} problem={problem} />
      ))}
      {answer.preview !== null && <PreviewText preview={answer.preview} />}
    </>
  );
}

import { useState } from 'react';
import { draftWords } from '../words/draft-words.ts';
import { writeWords } from '../words/write-words.ts';
import { Dialog } from './dialog.tsx';
import styles from './write-form.module.css';

interface DiscardDraftProps {
  readonly isDisabled: boolean;
  readonly onDiscard: () => void;
}

/** There is no way back from it, so one is asked. */
export function DiscardDraft({ isDisabled, onDiscard }: DiscardDraftProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <button type="button" className="quiet" disabled={isDisabled} onClick={() => setIsAsking(true)}>
        {draftWords.discard}
      </button>
      {isAsking && (
        <Dialog title={draftWords.discardSure} onClose={() => setIsAsking(false)}>
          <p>{draftWords.discardNote}</p>
          <div className={styles.buttons}>
            <button type="button" className="quiet" data-first="" onClick={() => setIsAsking(false)}>
              {writeWords.cancel}
            </button>
            <button
              type="button"
              className={styles.destructive}
              onClick={() => {
                setIsAsking(false);
                onDiscard();
              }}
            >
              {draftWords.discardYes}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

import { useEffect, useRef } from 'react';
import type { Written } from '../ask/writes.ts';
import { doneWords, writeWords } from '../words/write-words.ts';
import styles from './done-note.module.css';
import { RelationshipFacts } from './relationship-facts.tsx';

/** What was just done, as the server answered it. */
export interface Done {
  readonly kind: keyof typeof doneWords;
  readonly relationship: Written;
}

interface DoneNoteProps {
  readonly done: Done;
  /** Whether the dialog that did it is still open. */
  readonly isCovered: boolean;
  readonly onUndo: () => void;
}

export function DoneNote({ done, isCovered, onUndo }: DoneNoteProps) {
  const note = useRef<HTMLElement>(null);
  const isRead = useRef(false);
  useEffect(() => {
    if (isCovered || isRead.current) return;
    isRead.current = true;
    // The row that it was about may be gone, and what opened the dialog with it.
    note.current?.focus();
  }, [isCovered]);
  return (
    <section ref={note} className={styles.note} tabIndex={-1} role="status" data-done={done.kind}>
      <h2>{doneWords[done.kind]}</h2>
      <RelationshipFacts relationship={done.relationship} />
      {done.kind === 'revoke' && (
        <button type="button" className="quiet" onClick={onUndo}>
          {writeWords.undo}
        </button>
      )}
    </section>
  );
}

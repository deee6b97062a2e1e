import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Preview, Written } from '../ask/writes.ts';
import { objectWords } from '../words/object-words.ts';
import { takeAllWords } from '../words/person-words.ts';
import { doneWords, writeWords } from '../words/write-words.ts';
import styles from './done-note.module.css';
import { PreviewText } from './preview-text.tsx';
import { RelationshipFacts } from './relationship-facts.tsx';

/** What was just done, as the server answered it. */
export interface Done {
  readonly kind: keyof typeof doneWords;
  readonly relationship: Written;
  /** What it was said to mean before it was done. */
  readonly preview?: Preview | undefined;
  /** Who is to be off-boarded next, where that was in the way. */
  readonly leaver?: string | undefined;
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
      {done.preview !== undefined && (
        <div>
          <h3>{writeWords.meant}</h3>
          <PreviewText preview={done.preview} />
        </div>
      )}
      <NextSteps done={done} onUndo={onUndo} />
    </section>
  );
}

/** What one may want next: mostly the way back. */
function NextSteps({ done: { kind, relationship, leaver }, onUndo }: Pick<DoneNoteProps, 'done' | 'onUndo'>) {
  const { object, relation: role, subject } = relationship;
  return (
    <p className={styles.next}>
      {kind === 'revoke' && (
        <button type="button" className="quiet" onClick={onUndo}>
          {writeWords.undo}
        </button>
      )}
      {kind === 'grant' && (
        <Link to="/objects/$object" params={{ object }} search={{ change: 'revoke', role, subject }}>
          {writeWords.takeBack}
        </Link>
      )}
      {leaver !== undefined && (
        <Link to="/people/$subject/off-board" params={{ subject: leaver }}>
          {takeAllWords(leaver)}
        </Link>
      )}
      {!subject.endsWith(':*') && (
        <Link to="/people/$subject" params={{ subject }} search={{ within: object }}>
          {objectWords.more}
        </Link>
      )}
    </p>
  );
}

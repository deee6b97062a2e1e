import { useEffect, useRef } from 'react';
import styles from './model-editor.module.css';
import textStyles from './model-text.module.css';
import { type LineMark, ModelText } from './model-text.tsx';

/** Somewhere in the text, to go there. */
export interface TextPlace {
  readonly line: number;
  readonly column: number | null;
}

interface ModelEditorProps {
  readonly label: string;
  readonly text: string;
  readonly marks: readonly LineMark[];
  /** Where to put the cursor; a new object each time. */
  readonly goTo: TextPlace | undefined;
  readonly onChange: (text: string) => void;
}

/**
 * A field of the browser's own, with its keys, its undo and its tools for the blind; under it lies the same text in colours. Both
 * break their lines alike, as they have the same width and the same letters.
 */
export function ModelEditor({ label, text, marks, goTo, onChange }: ModelEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    if (goTo === undefined) return;
    const at = offsetOf(latest.current, goTo);
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
    field.current?.parentElement?.querySelector(`code > :nth-child(${goTo.line})`)?.scrollIntoView({ block: 'center' });
  }, [goTo]);
  return (
    <div className={styles.editor}>
      <pre className={`${textStyles.text} ${styles.under}`} aria-hidden="true">
        <ModelText text={text} marks={marks} />
      </pre>
      <textarea
        ref={field}
        className={styles.field}
        aria-label={label}
        aria-invalid={marks.length > 0}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

/** Where a place is in a text, as browsers count. */
function offsetOf(text: string, { line, column }: TextPlace): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const within = Math.min((column ?? 1) - 1, lines[line - 1]?.length ?? 0);
  return Math.min(before + within, text.length);
}

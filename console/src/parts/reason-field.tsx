import { writeWords } from '../words/write-words.ts';
import styles from './write-form.module.css';

interface ReasonFieldProps {
  readonly isNeeded?: boolean;
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}

/** Why something is done, for the audit log. */
export function ReasonField({ isNeeded = false, reason, onChange }: ReasonFieldProps) {
  return (
    <label className={styles.field}>
      {writeWords.reason}
      <textarea
        name="reason"
        rows={2}
        maxLength={1000}
        required={isNeeded}
        value={reason}
        onChange={({ target }) => onChange(target.value)}
      />
      <span className={styles.hint}>{isNeeded ? writeWords.reasonNeeded : writeWords.reasonHint}</span>
    </label>
  );
}

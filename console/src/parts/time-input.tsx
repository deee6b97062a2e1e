import { instantOf, localTextOf, zoneName } from '../ask/time-zone.ts';
import { zoneWords } from '../words/write-words.ts';
import styles from './write-form.module.css';

interface TimeInputProps {
  readonly id?: string;
  /** Where it has no label of its own. */
  readonly label?: string;
  /** An instant, or nothing. */
  readonly value: string;
  readonly isRequired?: boolean;
  readonly onChange: (at: string) => void;
}

/** A day and a time in the zone of whoever writes it, which is named. */
export function TimeInput({ id, label, value, isRequired = false, onChange }: TimeInputProps) {
  return (
    <>
      <input
        type="datetime-local"
        id={id}
        required={isRequired}
        aria-label={label}
        defaultValue={localTextOf(value)}
        onChange={({ target }) => onChange(instantOf(target.value))}
      />
      <span className={styles.hint}>{zoneWords(zoneName())}</span>
    </>
  );
}

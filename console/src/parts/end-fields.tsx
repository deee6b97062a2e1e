import { useState } from 'react';
import { objectWords } from '../words/object-words.ts';
import { presetWords, writeWords, zoneWords } from '../words/write-words.ts';
import styles from './write-form.module.css';

const presets = ['day', 'month', 'quarter'] as const;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface TimeFieldProps {
  readonly value: string | null | undefined;
  /** An instant, null for none, and undefined as long as it is not filled in. */
  readonly onChange: (at: string | null | undefined) => void;
}

/** When something begins: at once, or at a time in the zone of whoever writes it. */
export function BeginField({ value, onChange }: TimeFieldProps) {
  const [isChosen, setIsChosen] = useState(value !== null);
  return (
    <label className={styles.field}>
      {writeWords.begins}
      <select
        name="begins"
        value={isChosen ? 'chosen' : 'now'}
        onChange={({ target }) => {
          setIsChosen(target.value === 'chosen');
          onChange(target.value === 'chosen' ? undefined : null);
        }}
      >
        <option value="now">{writeWords.beginsNow}</option>
        <option value="chosen">{writeWords.beginsAt}</option>
      </select>
      {isChosen && <ChosenTime label={writeWords.begins} onChange={onChange} />}
    </label>
  );
}

interface EndFieldProps extends Pick<TimeFieldProps, 'onChange'> {
  /** Whether there is one that is to be another: then nothing is chosen at first. */
  readonly isChange?: boolean;
}

/** When something ends: presets, or a time in the zone of whoever writes it. */
export function EndField({ isChange = false, onChange }: EndFieldProps) {
  const [choice, setChoice] = useState(isChange ? '' : 'none');
  const choose = (wanted: string) => {
    setChoice(wanted);
    onChange(wanted === 'none' ? null : wanted === 'chosen' ? undefined : endOf(wanted, new Date()));
  };
  return (
    <label className={styles.field}>
      {writeWords.ends}
      <select name="ends" value={choice} onChange={({ target }) => choose(target.value)}>
        {choice === '' && <option value="">{writeWords.choose}</option>}
        <option value="none">{objectWords.noEnd}</option>
        {presets.map((preset) => (
          <option key={preset} value={preset}>
            {presetWords(preset)}
          </option>
        ))}
        <option value="chosen">{writeWords.chosen}</option>
      </select>
      {choice === 'chosen' && <ChosenTime label={writeWords.ends} onChange={onChange} />}
    </label>
  );
}

function ChosenTime({ label, onChange }: { readonly label: string; readonly onChange: TimeFieldProps['onChange'] }) {
  return (
    <>
      <input
        type="datetime-local"
        required
        aria-label={`${label}: ${writeWords.chosen}`}
        onChange={({ target }) => onChange(target.value === '' ? undefined : new Date(target.value).toISOString())}
      />
      <span className={styles.hint}>{zoneWords(zone)}</span>
    </>
  );
}

/** Days are of 24 hours; a quarter ends with its last day where somebody is. */
function endOf(preset: string, now: Date): string {
  const dayMs = 24 * 60 * 60 * 1000;
  if (preset === 'quarter') {
    const nextQuarter = Math.floor(now.getMonth() / 3) * 3 + 3;
    return new Date(now.getFullYear(), nextQuarter, 1).toISOString();
  }
  return new Date(now.getTime() + (preset === 'day' ? 1 : 30) * dayMs).toISOString();
}

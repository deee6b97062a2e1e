import { useDraft } from '../ask/use-draft.ts';
import { objectWords } from '../words/object-words.ts';
import { presetWords, writeWords } from '../words/write-words.ts';
import { TimeInput } from './time-input.tsx';
import styles from './write-form.module.css';

export const presets = ['day', 'friday', 'month', 'quarter'] as const;

/** `none`, an instant, or nothing as long as it is not filled in. */
type At = string;

interface TimeFieldProps {
  readonly value: At;
  readonly onChange: (at: At) => void;
}

/** What a field says of an instant, as inputs have it: null for none, and undefined as long as it is not filled in. */
export function instantIn(at: At): string | null | undefined {
  return at === 'none' ? null : at === '' ? undefined : at;
}

/** When something begins: at once, or at a time in the zone of whoever writes it. */
export function BeginField({ value, onChange }: TimeFieldProps) {
  const isChosen = value !== 'none';
  return (
    <label className={styles.field}>
      {writeWords.begins}
      <select
        name="begins"
        value={isChosen ? 'chosen' : 'now'}
        onChange={({ target }) => onChange(target.value === 'chosen' ? '' : 'none')}
      >
        <option value="now">{writeWords.beginsNow}</option>
        <option value="chosen">{writeWords.beginsAt}</option>
      </select>
      {isChosen && <ChosenTime label={writeWords.begins} value={value} onChange={onChange} />}
    </label>
  );
}

interface EndFieldProps extends TimeFieldProps {
  /** Whether there is one that is to be another: then nothing is chosen at first. */
  readonly isChange?: boolean;
  /** Whether one begins here. */
  readonly isFirst?: boolean;
}

/** When something ends: presets, or a time in the zone of whoever writes it. */
export function EndField({ isChange = false, isFirst = isChange, value, onChange }: EndFieldProps) {
  const [choice, setChoice] = useDraft('ends', isChange ? '' : 'none');
  const choose = (wanted: string) => {
    setChoice(wanted);
    onChange(wanted === 'none' ? 'none' : wanted === 'chosen' ? '' : endOf(wanted, new Date()));
  };
  return (
    <label className={styles.field}>
      {writeWords.ends}
      <select
        name="ends"
        data-first={isFirst ? '' : undefined}
        value={choice}
        onChange={({ target }) => choose(target.value)}
      >
        {choice === '' && <option value="">{writeWords.choose}</option>}
        <option value="none">{objectWords.noEnd}</option>
        {presets.map((preset) => (
          <option key={preset} value={preset}>
            {presetWords(preset, new Date(endOf(preset, new Date())))}
          </option>
        ))}
        <option value="chosen">{writeWords.chosen}</option>
      </select>
      {choice === 'chosen' && <ChosenTime label={writeWords.ends} value={value} onChange={onChange} />}
    </label>
  );
}

function ChosenTime({ label, value, onChange }: TimeFieldProps & { readonly label: string }) {
  return <TimeInput label={`${label}: ${writeWords.chosen}`} value={value} isRequired onChange={onChange} />;
}

/** Days are of 24 hours; a quarter ends with its last day where somebody is, and so does Friday, which is today on Fridays. */
export function endOf(preset: string, now: Date): string {
  const dayMs = 24 * 60 * 60 * 1000;
  if (preset === 'quarter') {
    const nextQuarter = Math.floor(now.getMonth() / 3) * 3 + 3;
    return new Date(now.getFullYear(), nextQuarter, 1).toISOString();
  }
  if (preset === 'friday') {
    const [friday, week] = [5, 7];
    const days = (friday - now.getDay() + week) % week;
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days + 1).toISOString();
  }
  return new Date(now.getTime() + (preset === 'day' ? 1 : 30) * dayMs).toISOString();
}

import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { ReviewFields } from '../ask/review-filter.ts';
import { reviewWords } from '../words/review-words.ts';
import { nameAttributes } from './name-attributes.ts';
import styles from './question-form.module.css';

interface ReviewFilterFormProps {
  readonly object: string;
  readonly fields: ReviewFields;
}

/** Which entries of a review, as an address. */
export function ReviewFilterForm({ object, fields }: ReviewFilterFormProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(fields);
  const ends = draft.withoutEnd === 'yes' ? 'without' : draft.before === undefined ? 'any' : 'before';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: '/reviews/$object', params: { object }, search: draft });
  };
  const text = (name: 'role' | 'outsiders', hint: string) => (
    <label>
      {reviewWords[name]}
      <input
        name={name}
        placeholder={hint}
        {...nameAttributes}
        value={draft[name] ?? ''}
        onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
      />
    </label>
  );
  return (
    <form className={`${styles.form} ${styles.filter}`} onSubmit={submit}>
      {text('role', '')}
      <label>
        {reviewWords.ends}
        <select name="ends" value={ends} onChange={({ target }) => setDraft({ ...draft, ...endsOf(target.value) })}>
          <option value="any">{reviewWords.anyEnd}</option>
          <option value="without">{reviewWords.withoutEnd}</option>
          <option value="before">{reviewWords.before}</option>
        </select>
      </label>
      {ends === 'before' && (
        <label>
          {reviewWords.day}
          <input
            type="date"
            name="before"
            required
            value={draft.before ?? ''}
            onChange={({ target }) => setDraft({ ...draft, before: target.value })}
          />
        </label>
      )}
      {text('outsiders', reviewWords.outsidersHint)}
      <label>
        {reviewWords.contained}
        <select
          name="contained"
          value={draft.contained === 'yes' ? 'yes' : 'no'}
          onChange={({ target }) => setDraft({ ...draft, contained: target.value })}
        >
          <option value="no">no</option>
          <option value="yes">yes</option>
        </select>
      </label>
      <button type="submit">{reviewWords.show}</button>
    </form>
  );
}

function endsOf(choice: string): Pick<ReviewFields, 'before' | 'withoutEnd'> {
  return { before: choice === 'before' ? '' : undefined, withoutEnd: choice === 'without' ? 'yes' : undefined };
}

import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { recentObjects } from '../ask/recent-objects.ts';
import { useCaller } from '../ask/session.ts';
import { personWords } from '../words/person-words.ts';
import { nameAttributes } from './name-attributes.ts';
import styles from './question-form.module.css';

interface WithinFormProps {
  readonly to: '/people/$subject' | `/people/$subject/${'teams' | 'timeline' | 'off-board'}`;
  readonly subject: string;
  readonly within: string | undefined;
}

/** Within what it is asked, as an address. */
export function WithinForm({ to, subject, within = '' }: WithinFormProps) {
  const navigate = useNavigate();
  const { subject: caller } = useCaller();
  const id = useId();
  const [draft, setDraft] = useState(within);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to, params: { subject }, search: { within: draft.trim() || undefined } });
  };
  return (
    <form className={`${styles.form} ${styles.one}`} onSubmit={submit}>
      <label>
        {personWords.within}
        <input
          name="within"
          list={id}
          placeholder="organization:northwind"
          {...nameAttributes}
          value={draft}
          onChange={({ target }) => setDraft(target.value)}
        />
      </label>
      <datalist id={id}>
        {recentObjects(caller).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button type="submit">{personWords.show}</button>
    </form>
  );
}

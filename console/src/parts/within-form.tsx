import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { personWords } from '../words/person-words.ts';
import styles from './question-form.module.css';
import { WithinField } from './within-field.tsx';

interface WithinFormProps {
  readonly to: '/people/$subject' | `/people/$subject/${'teams' | 'timeline' | 'off-board'}`;
  readonly subject: string;
  readonly within: string | undefined;
}

/** Within what it is asked, as an address. */
export function WithinForm({ to, subject, within = '' }: WithinFormProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(within);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to, params: { subject }, search: { within: draft.trim() || undefined } });
  };
  return (
    <form className={`${styles.form} ${styles.one}`} onSubmit={submit}>
      <WithinField value={draft} onChange={setDraft} />
      <button type="submit">{personWords.show}</button>
    </form>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { NameField } from '../parts/name-field.tsx';
import { Page } from '../parts/page.tsx';
import styles from '../parts/question-form.module.css';
import { WithinField } from '../parts/within-field.tsx';
import { askWords } from '../words/ask-words.ts';
import { pageNames } from '../words/frame-words.ts';
import { personWords } from '../words/person-words.ts';

/** Where one begins who looks for somebody: what they hold, what happened, and how they leave. */
export function PeopleStartPage() {
  const navigate = useNavigate();
  const [subject, setSubject] = useState('');
  const [within, setWithin] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const search = within.trim() === '' ? {} : { within: within.trim() };
    void navigate({ to: '/people/$subject', params: { subject: subject.trim() }, search });
  };
  return (
    <Page title={pageNames.people}>
      <p>{personWords.start}</p>
      <form className={styles.form} onSubmit={submit}>
        <NameField
          kind="subject"
          name="subject"
          isOne
          label={askWords.subject}
          hint="user:ann"
          value={subject}
          onChange={setSubject}
        />
        <WithinField value={within} onChange={setWithin} />
        <button type="submit">{personWords.show}</button>
      </form>
      <p className="muted">{personWords.sayWithin}</p>
    </Page>
  );
}

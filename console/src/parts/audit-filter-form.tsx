import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { AuditFilter } from '../ask/audit-pages.ts';
import { auditWords } from '../words/audit-words.ts';
import { nameAttributes } from './name-attributes.ts';
import styles from './question-form.module.css';

/** A filter as the address says it. */
export interface AuditFields {
  readonly object?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly outcome?: string;
}

/** What is left empty does not matter. */
export function filterOf({ outcome, ...texts }: AuditFields): AuditFilter {
  const given = Object.entries(texts).filter(([, value]) => value !== undefined && value !== '');
  const isOutcome = outcome === 'DONE' || outcome === 'DENIED';
  return { ...Object.fromEntries(given), ...(isOutcome && { outcome }) };
}

const textFields = ['object', 'subject', 'actor', 'action'] as const;

export function AuditFilterForm({ fields }: { readonly fields: AuditFields }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<AuditFields>({});
  const current = { ...fields, ...draft };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDraft({});
    void navigate({ to: '/audit', search: current });
  };
  return (
    <form className={`${styles.form} ${styles.filter}`} onSubmit={submit} aria-label={auditWords.filter}>
      {textFields.map((name) => (
        <label key={name}>
          {auditWords[name]}
          <input
            name={name}
            {...nameAttributes}
            value={current[name] ?? ''}
            onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
          />
        </label>
      ))}
      <label>
        {auditWords.outcome}
        <select
          name="outcome"
          value={current.outcome ?? ''}
          onChange={({ target }) => setDraft({ ...draft, outcome: target.value })}
        >
          <option value="">{auditWords.any}</option>
          <option value="DONE">{auditWords.done}</option>
          <option value="DENIED">{auditWords.denied}</option>
        </select>
      </label>
      <button type="submit">{auditWords.apply}</button>
    </form>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { FindingFields } from '../ask/findings.ts';
import { findingWords, kindWords, knownKinds } from '../words/finding-words.ts';
import { nameAttributes } from './name-attributes.ts';
import styles from './question-form.module.css';

interface FindingFilterFormProps {
  readonly object: string;
  readonly fields: FindingFields;
  /** The types that findings are about, as far as they are read. */
  readonly types: readonly string[];
}

/** What is looked for, as an address. */
export function FindingFilterForm({ object, fields, types }: FindingFilterFormProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(fields);
  const put = (more: FindingFields) => setDraft({ ...draft, ...more });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: '/findings/$object', params: { object }, search: draft });
  };
  const { kind = '', type = '', alone, insiders = '', steps = '', days = '' } = draft;
  const kinds = kind === '' || knownKinds.includes(kind) ? knownKinds : [...knownKinds, kind];
  const named = type === '' || types.includes(type) ? types : [...types, type];
  return (
    <form className={`${styles.form} ${styles.filter}`} onSubmit={submit} aria-label={findingWords.filter}>
      <label>
        {findingWords.kind}
        <select name="kind" value={kind} onChange={({ target }) => put({ kind: target.value })}>
          <option value="">{findingWords.usual}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {kindWords(one).title}
            </option>
          ))}
        </select>
      </label>
      <label>
        {findingWords.type}
        <select name="type" value={type} onChange={({ target }) => put({ type: target.value })}>
          <option value="">{findingWords.anyType}</option>
          {named.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label>
        {findingWords.insiders}
        <input
          name="insiders"
          placeholder={findingWords.insidersHint}
          {...nameAttributes}
          value={insiders}
          onChange={({ target }) => put({ insiders: target.value.trim() })}
        />
      </label>
      {['', 'ESCALATION'].includes(kind) && (
        <label>
          {findingWords.steps}
          <select name="steps" value={steps} onChange={({ target }) => put({ steps: target.value })}>
            {['1', '2', '', '4', '5'].map((one) => (
              <option key={one} value={one}>
                {one === '' ? '3' : one}
              </option>
            ))}
          </select>
        </label>
      )}
      {['UNUSED_GRANT', 'DORMANT_SUBJECT'].includes(kind) && (
        <label>
          {findingWords.days}
          <input
            name="days"
            type="number"
            min={1}
            max={365}
            placeholder="90"
            value={days}
            onChange={({ target }) => put({ days: target.value })}
          />
        </label>
      )}
      <label>
        {findingWords.contained}
        <select
          name="contained"
          value={alone === 'yes' ? 'no' : 'yes'}
          onChange={({ target }) => put({ alone: target.value === 'no' ? 'yes' : '' })}
        >
          <option value="yes">yes</option>
          <option value="no">no</option>
        </select>
      </label>
      <button type="submit">{findingWords.show}</button>
    </form>
  );
}

import { useState } from 'react';
import type { AccessConditionInput } from '../ask/__generated__/operations.ts';
import { readContext } from '../ask/read-context.ts';
import { writeWords } from '../words/write-words.ts';
import styles from './write-form.module.css';

interface ConditionFieldProps {
  /** Null for none. */
  readonly conditions: readonly (string | null)[];
  /** Null for none, and undefined as long as its values cannot be read. */
  readonly onChange: (condition: AccessConditionInput | null | undefined) => void;
}

/** The condition that a role is given with, where the model has one for such a subject. */
export function ConditionField({ conditions, onChange }: ConditionFieldProps) {
  const [name, setName] = useState(conditions.includes(null) ? '' : (conditions[0] ?? ''));
  const [text, setText] = useState('');
  const change = (wanted: string, values: string) => {
    setName(wanted);
    setText(values);
    onChange(readCondition(wanted, values));
  };
  const isWrong = name !== '' && readCondition(name, text) === undefined;
  return (
    <>
      <label className={styles.field}>
        {writeWords.condition}
        <select name="condition" value={name} onChange={({ target }) => change(target.value, text)}>
          {conditions.map((one) => (
            <option key={one} value={one ?? ''}>
              {one ?? writeWords.conditionNone}
            </option>
          ))}
        </select>
      </label>
      {name !== '' && (
        <label className={styles.field}>
          {writeWords.conditionContext}
          <textarea
            name="context"
            rows={2}
            spellCheck={false}
            placeholder='{ "expires_at": "2027-01-01T00:00:00Z" }'
            value={text}
            onChange={({ target }) => change(name, target.value)}
          />
          {isWrong && <span role="alert">{writeWords.conditionWrong}</span>}
        </label>
      )}
    </>
  );
}

export function readCondition(name: string, text: string): AccessConditionInput | null | undefined {
  if (name === '') return null;
  try {
    const context = readContext(text, writeWords.conditionWrong);
    return { name, ...(context !== undefined && { context }) };
  } catch {
    return undefined;
  }
}

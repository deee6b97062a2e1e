import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { NameKind } from '../ask/suggestions.ts';
import { askWords } from '../words/ask-words.ts';
import { NameField } from './name-field.tsx';
import styles from './question-form.module.css';

/** Everything that a question may consist of, as the address says it; each side takes of it what it needs. */
export interface QuestionFields {
  readonly subject?: string;
  readonly permission?: string;
  readonly object?: string;
  readonly type?: string;
  readonly context?: string;
}

export type QuestionSide = 'why' | 'who' | 'what';

type FieldName = keyof QuestionFields;

interface Field {
  readonly name: FieldName;
  readonly kind: NameKind;
  readonly label: string;
  readonly hint: string;
}

const fieldsOf: Readonly<Record<QuestionSide, readonly Field[]>> = {
  why: [
    { name: 'subject', kind: 'subject', label: askWords.subject, hint: 'user:ann' },
    { name: 'permission', kind: 'permission', label: askWords.permission, hint: 'can_edit' },
    { name: 'object', kind: 'object', label: askWords.object, hint: 'track:42' },
  ],
  who: [
    { name: 'type', kind: 'subjectType', label: askWords.subjectType, hint: 'user' },
    { name: 'permission', kind: 'permission', label: askWords.permission, hint: 'can_edit' },
    { name: 'object', kind: 'object', label: askWords.object, hint: 'track:42' },
  ],
  what: [
    { name: 'subject', kind: 'subject', label: askWords.subject, hint: 'user:ann' },
    { name: 'permission', kind: 'permission', label: askWords.permission, hint: 'can_edit' },
    { name: 'type', kind: 'objectType', label: askWords.objectType, hint: 'track' },
  ],
};

interface QuestionFormProps {
  readonly side: QuestionSide;
  readonly fields: QuestionFields;
  /** Whether a condition lacks facts: then there is a field for them. */
  readonly needsContext?: boolean;
}

/** Asking is going to an address, which can be kept and handed on. */
export function QuestionForm({ side, fields, needsContext = false }: QuestionFormProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<QuestionFields>({});
  const textOf = (name: FieldName) => draft[name] ?? fields[name] ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = { ...fields, ...draft };
    const given = Object.entries(asked).map(([name, value]) => [name, value?.trim()]);
    setDraft({});
    void navigate({ to: `/ask/${side}`, search: Object.fromEntries(given) });
  };
  const hasContext = needsContext || textOf('context') !== '';
  return (
    <form className={styles.form} onSubmit={submit}>
      {fieldsOf[side].map(({ name, ...field }) => (
        <NameField
          key={name}
          name={name}
          {...field}
          object={side === 'what' ? `${textOf('type')}:` : textOf('object')}
          value={textOf(name)}
          onChange={(text) => setDraft({ ...draft, [name]: text })}
        />
      ))}
      <button type="submit">{askWords.ask}</button>
      {hasContext && (
        <label className={styles.context}>
          {askWords.context}
          <textarea
            name="context"
            rows={2}
            spellCheck={false}
            placeholder='{ "territory": "SE" }'
            value={textOf('context')}
            onChange={({ target }) => setDraft({ ...draft, context: target.value })}
          />
        </label>
      )}
    </form>
  );
}

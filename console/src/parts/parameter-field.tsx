import { useId } from 'react';
import { elementOf, readValue } from '../ask/parameter-value.ts';
import { parameterWords, writeWords } from '../words/write-words.ts';
import { TimeInput } from './time-input.tsx';
import styles from './write-form.module.css';

interface ParameterFieldProps {
  readonly name: string;
  /** As the model spells it. */
  readonly type: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A value for a parameter of a condition, in the way of its type. */
export function ParameterField({ name, type, value, onChange }: ParameterFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      <Input id={id} name={name} type={type} value={value} onChange={onChange} />
      <span className={styles.hint}>{parameterWords(type, elementOf(type))}</span>
      {readValue(type, value).kind === 'wrong' && <span role="alert">{writeWords.valueWrong}</span>}
    </div>
  );
}

function Input({ id, name, type, value, onChange }: ParameterFieldProps & { readonly id: string }) {
  const field = { id, name: `value-${name}`, value, onChange: (event: Change) => onChange(event.target.value) };
  const asTyped = { autoCapitalize: 'off', autoComplete: 'off', spellCheck: false };
  switch (type) {
    case 'timestamp':
      return <TimeInput id={id} value={value} onChange={onChange} />;
    case 'bool':
      return (
        <select {...field}>
          <option value="">{writeWords.valueNone}</option>
          <option value="true">{writeWords.yes}</option>
          <option value="false">{writeWords.no}</option>
        </select>
      );
    case 'int':
    case 'uint':
      return <input {...field} {...asTyped} inputMode="numeric" />;
    case 'double':
      return <input {...field} {...asTyped} inputMode="decimal" />;
    case 'string':
    case 'duration':
    case 'ipaddress':
      return <input {...field} {...asTyped} />;
    default:
      return <textarea {...field} {...asTyped} rows={3} />;
  }
}

type Change = { readonly target: { readonly value: string } };

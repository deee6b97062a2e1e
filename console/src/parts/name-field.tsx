import { useId, useState } from 'react';
import { type NameKind, useSuggestions } from '../ask/suggestions.ts';
import { nameAttributes } from './name-attributes.ts';

interface NameFieldProps {
  readonly kind: NameKind;
  readonly label: string;
  /** How such a name looks. */
  readonly hint: string;
  /** The object whose permissions are meant, as far as it is known. */
  readonly object?: string;
  readonly name: string;
  /** Whether it must be the whole name of one object, and of no set. */
  readonly isOne?: boolean;
  readonly isRequired?: boolean;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

const oneName = String.raw`[^\s:#]+:[^\s:#]+`;

/** A field for a name: those that are known are found by their beginning, and any other can be written. */
export function NameField(props: NameFieldProps) {
  const { kind, label, hint, object, name, isOne = false, isRequired = true, value, onChange } = props;
  const id = useId();
  const [isWanted, setIsWanted] = useState(false);
  const suggestions = useSuggestions({ kind, text: value, isWanted, ...(object !== undefined && { object }) });
  return (
    <label>
      {label}
      <input
        name={name}
        required={isRequired}
        pattern={isOne ? oneName : undefined}
        list={id}
        placeholder={hint}
        {...nameAttributes}
        value={value}
        onFocus={() => setIsWanted(true)}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={id}>
        {suggestions.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </label>
  );
}

import { personWords } from '../words/person-words.ts';
import { NameField } from './name-field.tsx';

interface WithinFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Within what it is asked about somebody: an organization, for instance. */
export function WithinField({ value, onChange }: WithinFieldProps) {
  return (
    <NameField
      kind="object"
      name="within"
      label={personWords.within}
      hint="organization:northwind"
      isRequired={false}
      value={value}
      onChange={onChange}
    />
  );
}

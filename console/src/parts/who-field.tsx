import { useId } from 'react';
import { useKnownSubjects } from '../ask/known-subjects.ts';
import { kindOfSubject, type ObjectRole, type SubjectKind } from '../ask/object-roles.ts';
import { writeWords } from '../words/write-words.ts';
import { nameAttributes } from './name-attributes.ts';
import styles from './write-form.module.css';

interface WhoFieldProps {
  readonly label: string;
  readonly object: string;
  /** Roles that are to be had: they say what kinds of subjects there are. */
  readonly roles: readonly ObjectRole[];
  /** Whether one begins here. */
  readonly isFirst?: boolean;
  readonly value: string;
  readonly onChange: (subject: string) => void;
}

/** Somebody by name: those who are known are found, and anybody else can be named. */
export function WhoField({ label, object, roles, isFirst = true, value, onChange }: WhoFieldProps) {
  const id = useId();
  const { found, isKnown } = useKnownSubjects(object, kindsOf(roles), value);
  const note = noteOf(value.trim(), isKnown);
  return (
    <label className={styles.field}>
      {label}
      <input
        name="subject"
        required
        list={id}
        data-first={isFirst ? '' : undefined}
        placeholder="user:ann"
        aria-describedby={`${id}-note`}
        {...nameAttributes}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={id}>
        {found.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <span id={`${id}-note`} role="status" className={styles.hint}>
        {note}
      </span>
    </label>
  );
}

/** Each kind once, single ones before sets. */
function kindsOf(roles: readonly ObjectRole[]): readonly SubjectKind[] {
  const all = roles.flatMap(({ subjects }) =>
    subjects.map(({ type, relation, wildcard }) => ({ type, relation, wildcard })),
  );
  const kinds = [...new Map(all.map((kind) => [JSON.stringify(kind), kind])).values()];
  return kinds.toSorted((a, b) => Number(a.relation !== null) - Number(b.relation !== null));
}

function noteOf(text: string, isKnown: boolean | undefined): string {
  if (text === '') return writeWords.whoHint;
  const kind = kindOfSubject(text);
  if (kind === undefined) return writeWords.notSubject;
  if (kind.wildcard || isKnown === undefined) return '';
  return isKnown ? writeWords.known : writeWords.notKnown;
}

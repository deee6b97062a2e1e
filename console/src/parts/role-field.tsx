import { useId } from 'react';
import { conditionsFor, kindOfSubject, type ObjectRole, type SubjectKind } from '../ask/object-roles.ts';
import { fitsWords, needsWords, noSelfWords, writeWords } from '../words/write-words.ts';
import { GivesText } from './gives-text.tsx';
import styles from './role-field.module.css';

interface RoleFieldProps {
  readonly object: string;
  readonly roles: readonly ObjectRole[];
  /** Who is to have it, as far as it is known. */
  readonly subject: string;
  readonly caller: string;
  readonly value: string;
  readonly onChange: (role: string) => void;
}

/** The roles that one may give, with what each gives; the others say what they need. */
export function RoleField({ object, roles, subject, caller, value, onChange }: RoleFieldProps) {
  const id = useId();
  const inOrder = roles.toSorted((a, b) => Number(b.canGrant) - Number(a.canGrant));
  return (
    <fieldset className={styles.roles}>
      <legend>{writeWords.role}</legend>
      {inOrder.map((one) => {
        const hindrance = hindranceOf(one, object, subject, caller);
        const { role, description, takesAway } = one;
        return (
          <div key={role} className={hindrance === undefined ? styles.role : `${styles.role} ${styles.disabled}`}>
            <input
              id={`${id}-${role}`}
              type="radio"
              name="role"
              value={role}
              disabled={hindrance !== undefined}
              checked={value === role && hindrance === undefined}
              onChange={() => onChange(role)}
            />
            <label htmlFor={`${id}-${role}`}>
              <code>{role}</code>
              {takesAway && <strong> – {writeWords.takesAway}</strong>}
              {hindrance !== undefined && <span className={styles.hindrance}> – {hindrance}</span>}
              {description !== null && <span className={styles.note}>{description}</span>}
            </label>
            <div className={styles.gives}>
              <GivesText role={one} />
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}

/** Why a role is not to be given to somebody; undefined where nothing is in the way. */
export function hindranceOf(role: ObjectRole, object: string, subject: string, caller: string): string | undefined {
  if (role.error !== null) return role.error.message;
  if (!role.canGrant) return needsWords(role.needs, object);
  if (role.noSelfGrant && subject === caller) return noSelfWords();
  const kind = kindOfSubject(subject);
  if (kind === undefined || conditionsFor(role, kind) !== undefined) return undefined;
  return fitsWords([...new Set(role.subjects.map(nameOfKind))]);
}

export function nameOfKind({ type, relation, wildcard }: SubjectKind): string {
  if (wildcard) return `${type}:*`;
  return relation === null ? type : `${type}#${relation}`;
}

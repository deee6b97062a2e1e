import { useId } from 'react';
import type { ObjectRole } from '../ask/object-roles.ts';
import { writeWords } from '../words/write-words.ts';
import { GivesText } from './gives-text.tsx';
import styles from './role-field.module.css';
import { hindranceOf } from './role-hindrance.ts';

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

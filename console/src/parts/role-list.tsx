import { Link } from '@tanstack/react-router';
import type { ObjectRole } from '../ask/object-roles.ts';
import { objectWords } from '../words/object-words.ts';
import { fitsWords, needsWords, writeWords } from '../words/write-words.ts';
import { GivesText } from './gives-text.tsx';
import { nameOfKind } from './role-hindrance.ts';
import styles from './role-list.module.css';

interface RoleListProps {
  readonly object: string;
  readonly roles: readonly ObjectRole[];
}

/** Roles as a sheet: what each gives, to whom it can be given, and by whom. */
export function RoleList({ object, roles }: RoleListProps) {
  return (
    <ul className={styles.roles}>
      {roles.map((one) => (
        <RoleItem key={one.role} object={object} role={one} />
      ))}
    </ul>
  );
}

function RoleItem({ object, role: one }: { readonly object: string; readonly role: ObjectRole }) {
  const { role, canGrant, needs, error, subjects, noSelfGrant, mustKeep, takesAway, description } = one;
  const marks = [
    ...(takesAway ? [writeWords.takesAway] : []),
    ...(mustKeep ? [objectWords.mustKeep] : []),
    ...(noSelfGrant ? [objectWords.noSelfGrant] : []),
  ];
  return (
    <li>
      <h3>
        <code>{role}</code> <span className="muted">{marks.join(', ')}</span>
      </h3>
      {description !== null && <p>{description}</p>}
      <GivesText role={one} />
      <p className="muted">
        {fitsWords([...new Set(subjects.map(nameOfKind))])};{' '}
        {!canGrant && (error?.message ?? needsWords(needs, object))}
        {canGrant && (
          <Link to="/objects/$object" params={{ object }} search={{ grant: '1', role }}>
            {objectWords.giveIt}
            <span className="only-read">: {role}</span>
          </Link>
        )}
      </p>
    </li>
  );
}

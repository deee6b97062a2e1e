import { Link } from '@tanstack/react-router';
import { useMyPermissions } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { homeWords } from '../words/home-words.ts';
import styles from './my-permissions.module.css';
import { Problem } from './problem.tsx';

interface MyPermissionsProps {
  readonly object: string;
  readonly title: string;
  /** Said where there are none. */
  readonly none: string;
}

/** What whoever looks may do with an object; each permission leads to why. */
export function MyPermissions({ object, title, none }: MyPermissionsProps) {
  const { subject } = useCaller();
  const { data: found, error, refetch } = useMyPermissions(object);
  return (
    <section>
      <h2>{title}</h2>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {found?.granted.length === 0 && found.undecided.length === 0 && <p className="muted">{none}</p>}
      <ul className={styles.list}>
        {found?.granted.map((permission) => (
          <li key={permission}>
            <Link to="/ask/why" search={{ subject, permission, object }}>
              {permission}
            </Link>
          </li>
        ))}
        {found?.undecided.map(({ permission, error: { message } }) => (
          <li key={permission} className={styles.undecided} title={message}>
            <Link to="/ask/why" search={{ subject, permission, object }}>
              {permission} – {homeWords.undecided}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { Link } from '@tanstack/react-router';
import { objectOf } from '../ask/object-of.ts';
import styles from './ref.module.css';

interface RefProps {
  readonly value: string;
  /** Whether it is somebody, whose page says what they hold: in all, or within an object. */
  readonly who?: { readonly within?: string | undefined } | undefined;
}

/** An object, a subject, or a subject set by its name; it leads to the object, or to the person. Ids are of anybody's making, and stay text. */
export function Ref({ value, who }: RefProps) {
  const object = objectOf(value);
  const name = (
    <bdi>
      <span className={styles.type}>{object.slice(0, object.indexOf(':') + 1)}</span>
      <span className={styles.id}>{object.slice(object.indexOf(':') + 1)}</span>
      <span className={styles.type}>{value.slice(object.length)}</span>
    </bdi>
  );
  // Everybody is no object.
  if (object.endsWith(':*')) return <span className={styles.ref}>{name}</span>;
  if (who !== undefined && value === object) {
    return (
      <Link className={styles.ref} to="/people/$subject" params={{ subject: value }} search={{ within: who.within }}>
        {name}
      </Link>
    );
  }
  return (
    <Link className={styles.ref} to="/objects/$object" params={{ object }}>
      {name}
    </Link>
  );
}

import type { ObjectRole } from '../ask/object-roles.ts';
import { givesWords, givesWordsInShort } from '../words/write-words.ts';
import styles from './gives-text.module.css';

/** More are said in short first. */
const mostSaid = 6;

/** What a role gives: all of it where that is little, and else on demand. */
export function GivesText({ role: { gives, takesAway } }: { readonly role: ObjectRole }) {
  if (takesAway) return undefined;
  const { here, below } = gives;
  const count = here.length + below.reduce((sum, { permissions }) => sum + permissions.length, 0);
  if (count <= mostSaid) return <p className={styles.gives}>{givesWords(here, below)}</p>;
  return (
    <details className={styles.gives}>
      <summary>{givesWordsInShort(here, below)}</summary>
      <p>{givesWords(here, below)}</p>
    </details>
  );
}

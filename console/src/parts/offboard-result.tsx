import { useEffect, useState } from 'react';
import type { Offboarding } from '../ask/offboard.ts';
import { personWords, takenWords } from '../words/person-words.ts';
import styles from './done-note.module.css';
import { RelationshipLines } from './relationship-lines.tsx';

/** What was taken: there is no way back, so it can be kept as a file. */
export function OffboardResult({ offboarding }: { readonly offboarding: Offboarding }) {
  const { subject, relationshipCount } = offboarding;
  const relationships = offboarding.relationships.edges.map(({ node }) => node);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const text = JSON.stringify(
      offboarding.relationships.edges.map(({ node }) => node),
      undefined,
      2,
    );
    const made = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [offboarding]);
  return (
    <section className={styles.note} role="status" data-done="offboard">
      <h2>{takenWords(relationshipCount)}</h2>
      <RelationshipLines relationships={relationships} count={relationshipCount} />
      <a href={address} download={`${subject.replaceAll(/[^\w.-]/g, '-')}-taken.json`}>
        {personWords.keepFile}
      </a>
    </section>
  );
}

import type { ReactNode } from 'react';
import { shownCount } from '../words/ask-words.ts';
import styles from './found-list.module.css';
import { Ref } from './ref.tsx';

interface FoundListProps {
  readonly names: readonly string[];
  readonly hasMore: boolean;
  /** Whether they are subjects, and where that is asked. */
  readonly who?: { readonly within: string };
  /** Said where there is none. */
  readonly nothing: string;
  readonly beside?: (name: string) => ReactNode;
}

/** Names that were found, dense, with what leads on from each. */
export function FoundList({ names, hasMore, who, nothing, beside }: FoundListProps) {
  if (names.length === 0 && !hasMore) return <p role="status">{nothing}</p>;
  return (
    <>
      <p role="status" className="muted">
        {shownCount(names.length, hasMore)}
      </p>
      <ul className={styles.list}>
        {names.map((name) => (
          <li key={name}>
            <Ref value={name} who={who} />
            <span className={styles.beside}>{beside?.(name)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

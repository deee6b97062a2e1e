import { useState } from 'react';
import { toolWords } from '../words/tool-words.ts';
import styles from './page-tools.module.css';

interface PageToolsProps {
  /** What the page asked: GraphQL, and its variables. */
  readonly query: string;
  readonly variables: object;
}

/** For whoever wants to hand a page on, or to ask the same by a program. */
export function PageTools({ query, variables }: PageToolsProps) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    setIsCopied(true);
  };
  return (
    <div className={styles.tools}>
      <button type="button" className="quiet" onClick={() => void copy()}>
        {toolWords.copyLink}
      </button>
      <span role="status" className="muted">
        {isCopied && toolWords.copied}
      </span>
      <details>
        <summary>{toolWords.showQuery}</summary>
        <pre>{query.trim()}</pre>
        <pre>{JSON.stringify(variables, undefined, 2)}</pre>
      </details>
    </div>
  );
}

import type { ModelDiff as Diff } from '../ask/activate-model.ts';
import { impactWords } from '../words/impact-words.ts';
import styles from './model-diff.module.css';

/** What one model says otherwise than another, by the server's word. */
export function ModelDiff({ diff }: { readonly diff: Diff | null }) {
  if (diff === null) return <p>{impactWords.nothingBefore}</p>;
  if (diff.changes.length === 0) return <p>{impactWords.noChanges}</p>;
  return (
    <ul className={styles.changes}>
      {diff.changes.map((one) => (
        <Change key={one.text} change={one} />
      ))}
    </ul>
  );
}

const kindNames = { ADDED: impactWords.added, REMOVED: impactWords.removed, CHANGED: impactWords.changed };

function Change({ change: one }: { readonly change: Diff['changes'][number] }) {
  const { change, type, relation, condition, before, after } = one;
  const name = condition ?? (relation === null ? type : `${type}#${relation}`);
  return (
    <li data-change={change}>
      <code>{name}</code> <span className="muted">{kindNames[change]}</span>
      {before !== null && (
        <del className={styles.before}>
          <span className="only-read">{impactWords.before}: </span>
          {before}
        </del>
      )}
      {after !== null && (
        <ins className={styles.after}>
          <span className="only-read">{impactWords.after}: </span>
          {after}
        </ins>
      )}
    </li>
  );
}

import type { AccessChange, Changed } from '../ask/access-change.ts';
import { objectWords } from '../words/object-words.ts';
import { proposalWords } from '../words/proposal-words.ts';
import { writeWords } from '../words/write-words.ts';
import styles from './change-lines.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

/** What a change takes away and gives, relationship by relationship. */
export function ChangeLines({ change: { deletes, writes } }: { readonly change: AccessChange }) {
  return (
    <ul className={styles.changes}>
      {deletes.map((one) => (
        <Line key={JSON.stringify(one)} kind="delete" one={one} />
      ))}
      {writes.map((one) => (
        <Line key={JSON.stringify(one)} kind="write" one={one} />
      ))}
    </ul>
  );
}

function Line({ kind, one }: { readonly kind: 'delete' | 'write'; readonly one: Changed }) {
  const { object, relation, subject, condition, startsAt, expiresAt } = one;
  return (
    <li data-change={kind}>
      <span className={styles.word}>{kind === 'delete' ? proposalWords.takes : proposalWords.gives}</span>
      <span>
        <Ref value={subject} who={{ within: object }} /> <code>{relation}</code> {writeWords.on} <Ref value={object} />
      </span>
      {startsAt !== null && (
        <span>
          {objectWords.from} <Time at={startsAt} />
        </span>
      )}
      {expiresAt !== null && (
        <span>
          {objectWords.until} <Time at={expiresAt} />
        </span>
      )}
      {condition !== null && (
        <span>
          {writeWords.condition} <code>{condition.name}</code>
          {condition.context !== null && <code> {JSON.stringify(condition.context)}</code>}
        </span>
      )}
    </li>
  );
}

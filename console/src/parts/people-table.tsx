import type { ObjectPeopleQuery } from '../ask/__generated__/operations.ts';
import { ineffectiveWords, objectWords } from '../words/object-words.ts';
import { Mark } from './mark.tsx';
import styles from './people-table.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

export type ReviewEntry = ObjectPeopleQuery['accessReview']['edges'][number]['node'];

interface PeopleTableProps {
  /** The object that was asked about: only what is on another one says so. */
  readonly reviewed: string;
  readonly entries: readonly ReviewEntry[];
}

/** Own and inherited roles side by side, each with its way. */
export function PeopleTable({ reviewed, entries }: PeopleTableProps) {
  const isOnOthers = entries.some(({ object }) => object !== reviewed);
  return (
    <table className={styles.table}>
      <caption className="only-read">{objectWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{objectWords.who}</th>
          <th scope="col">{objectWords.role}</th>
          {isOnOthers && <th scope="col">{objectWords.on}</th>}
          <th scope="col">{objectWords.way}</th>
          <th scope="col">{objectWords.since}</th>
          <th scope="col">{objectWords.by}</th>
          <th scope="col">{objectWords.until}</th>
          <th scope="col">{objectWords.effect}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <PeopleRow key={keyOf(entry)} entry={entry} isOnOthers={isOnOthers} />
        ))}
      </tbody>
    </table>
  );
}

function keyOf({ object, role, subject, via }: ReviewEntry): string {
  return JSON.stringify([object, role, subject, via]);
}

function PeopleRow({ entry, isOnOthers }: { readonly entry: ReviewEntry; readonly isOnOthers: boolean }) {
  const { subject, role, object, grantedAt, grantedBy, expiresAt, conditions } = entry;
  return (
    <tr>
      <th scope="row">
        <Ref value={subject} />
      </th>
      <td data-label={objectWords.role}>
        <code>{role}</code>
      </td>
      {isOnOthers && (
        <td data-label={objectWords.on}>
          <Ref value={object} />
        </td>
      )}
      <td data-label={objectWords.way}>
        <Way entry={entry} />
      </td>
      <td data-label={objectWords.since}>
        <Time at={grantedAt} isDay />
      </td>
      <td data-label={objectWords.by}>{grantedBy === null ? objectWords.atConsole : <Ref value={grantedBy} />}</td>
      <td data-label={objectWords.until}>
        {expiresAt === null ? <span className="muted">{objectWords.noEnd}</span> : <Time at={expiresAt} />}
        {conditions.map(({ name, context }) => (
          <span key={JSON.stringify([name, context])} className={styles.condition} title={JSON.stringify(context)}>
            {name}
          </span>
        ))}
      </td>
      <td data-label={objectWords.effect}>
        <Effect entry={entry} />
      </td>
    </tr>
  );
}

/** Through what a role comes: the subjects of all its relationships but the last one, who is whoever has it. */
function Way({ entry: { via } }: { readonly entry: ReviewEntry }) {
  const between = via.slice(0, -1).map(({ subject }) => subject);
  if (between.length === 0) return <span className="muted">{objectWords.direct}</span>;
  return (
    <>
      {objectWords.through}{' '}
      {between.map((subject) => (
        <span key={subject} className={styles.step}>
          <Ref value={subject} />
        </span>
      ))}
    </>
  );
}

function Effect({ entry: { isEffective, ineffectiveReason, error } }: { readonly entry: ReviewEntry }) {
  if (error !== null) {
    return (
      <span className={styles.undecided} title={error.message}>
        <Mark kind="undecided" /> {error.code}
      </span>
    );
  }
  if (isEffective) {
    return (
      <span className={styles.allowed}>
        <Mark kind="allowed" /> {objectWords.effective}
      </span>
    );
  }
  return <span className="muted">{ineffectiveWords(ineffectiveReason)}</span>;
}

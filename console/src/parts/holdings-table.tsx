import { Link } from '@tanstack/react-router';
import type { Holding } from '../ask/holdings.ts';
import { objectWords } from '../words/object-words.ts';
import { personWords } from '../words/person-words.ts';
import styles from './people-table.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

interface HoldingsTableProps {
  readonly holdings: readonly Holding[];
  /** Those that the caller may take away. */
  readonly revocable: ReadonlySet<Holding>;
}

/** What somebody holds, each with its way. */
export function HoldingsTable({ holdings, revocable }: HoldingsTableProps) {
  return (
    <table className={styles.table}>
      <caption className="only-read">{personWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{objectWords.role}</th>
          <th scope="col">{objectWords.on}</th>
          <th scope="col">{objectWords.way}</th>
          <th scope="col">{objectWords.since}</th>
          <th scope="col">{objectWords.by}</th>
          <th scope="col">{objectWords.until}</th>
          <th scope="col">
            <span className="only-read">{objectWords.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {holdings.map((holding) => (
          <HoldingRow key={keyOf(holding)} holding={holding} isRevocable={revocable.has(holding)} />
        ))}
      </tbody>
    </table>
  );
}

function keyOf({ relationship: { object, relation, subject } }: Holding): string {
  return JSON.stringify([object, relation, subject]);
}

function HoldingRow({ holding, isRevocable }: { readonly holding: Holding; readonly isRevocable: boolean }) {
  const { isThroughSet, relationship } = holding;
  const { object, relation, subject, condition, startsAt, expiresAt, createdAt, createdBy } = relationship;
  return (
    <tr>
      <th scope="row">
        <code>{relation}</code>
      </th>
      <td data-label={objectWords.on}>
        <Ref value={object} />
      </td>
      <td data-label={objectWords.way}>
        {isThroughSet ? (
          <>
            {objectWords.through} <Ref value={subject} />
          </>
        ) : (
          <span className="muted">{objectWords.direct}</span>
        )}
      </td>
      <td data-label={objectWords.since}>
        <Time at={createdAt} isDay />
      </td>
      <td data-label={objectWords.by}>{createdBy === null ? objectWords.atConsole : <Ref value={createdBy} />}</td>
      <td data-label={objectWords.until}>
        {startsAt !== null && (
          <span className={styles.condition}>
            {objectWords.from} <Time at={startsAt} />
          </span>
        )}
        {expiresAt === null ? <span className="muted">{objectWords.noEnd}</span> : <Time at={expiresAt} />}
        {condition !== null && <span className={styles.condition}>{condition.name}</span>}
      </td>
      <td className={styles.menu}>
        {isRevocable && (
          <Link to="/objects/$object" params={{ object }} search={{ change: 'revoke', role: relation, subject }}>
            {objectWords.revoke}
            <span className="only-read">
              : {relation} {objectWords.on} {object}
            </span>
          </Link>
        )}
      </td>
    </tr>
  );
}

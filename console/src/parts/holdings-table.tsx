import { Link } from '@tanstack/react-router';
import type { Holding } from '../ask/holdings.ts';
import { objectWords } from '../words/object-words.ts';
import { personWords } from '../words/person-words.ts';
import styles from './people-table.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

interface HoldingsTableProps {
  readonly subject: string;
  readonly holdings: readonly Holding[];
  /** Those that the caller may take away. */
  readonly revocable: ReadonlySet<Holding>;
}

/** What somebody holds, by object, each with its way. */
export function HoldingsTable({ subject, holdings, revocable }: HoldingsTableProps) {
  return (
    <table className={styles.table}>
      <caption className="only-read">{personWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{objectWords.role}</th>
          <th scope="col">{objectWords.way}</th>
          <th scope="col">{objectWords.since}</th>
          <th scope="col">{objectWords.by}</th>
          <th scope="col">{objectWords.until}</th>
          <th scope="col">
            <span className="only-read">{objectWords.actions}</span>
          </th>
        </tr>
      </thead>
      {[...Map.groupBy(holdings, ({ relationship }) => relationship.object)].map(([object, of]) => (
        <tbody key={object}>
          <tr className={styles.group}>
            <th scope="rowgroup" colSpan={6}>
              <Ref value={object} />
            </th>
          </tr>
          {of.map((holding) => (
            <HoldingRow key={keyOf(holding)} who={subject} holding={holding} isRevocable={revocable.has(holding)} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function keyOf({ relationship: { object, relation, subject } }: Holding): string {
  return JSON.stringify([object, relation, subject]);
}

interface HoldingRowProps {
  readonly who: string;
  readonly holding: Holding;
  readonly isRevocable: boolean;
}

function HoldingRow({ who, holding, isRevocable }: HoldingRowProps) {
  const { isThroughSet, relationship } = holding;
  const { object, relation, subject, condition, startsAt, expiresAt, createdAt, createdBy } = relationship;
  return (
    <tr>
      <th scope="row">
        <code>{relation}</code>
      </th>
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
      <td data-label={objectWords.by}>
        {createdBy === null ? objectWords.atConsole : <Ref value={createdBy} who={{}} />}
      </td>
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
        <Link to="/ask/why" search={{ subject: who, permission: relation, object }} aria-keyshortcuts="w">
          {objectWords.why}
          <span className="only-read">
            : {relation} {objectWords.on} {object}
          </span>
        </Link>{' '}
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

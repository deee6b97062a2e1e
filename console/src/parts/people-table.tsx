import type { ReactNode } from 'react';
import { groupsOf, type ReviewEntry, wayOf } from '../ask/review-groups.ts';
import { ineffectiveWords, objectWords, waysWords, wayWords, withRoleWords } from '../words/object-words.ts';
import { Mark } from './mark.tsx';
import styles from './people-table.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

interface PeopleTableProps {
  /** The object that was asked about: only what is on another one says so. */
  readonly reviewed: string;
  readonly entries: readonly ReviewEntry[];
  /** What can be done about each. */
  readonly actions: (entry: ReviewEntry) => ReactNode;
  readonly actionsName?: string;
}

/** Own and inherited roles side by side, grouped by their way; each with what can be done about it. */
export function PeopleTable({ reviewed, entries, actions, actionsName }: PeopleTableProps) {
  const isOnOthers = entries.some(({ object }) => object !== reviewed);
  const wayCounts = Map.groupBy(entries, holderOf);
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
          <th scope="col">{actionsName ?? <span className="only-read">{objectWords.actions}</span>}</th>
        </tr>
      </thead>
      {groupsOf(entries).map(({ way, of }) => (
        <tbody key={JSON.stringify(way)}>
          <tr className={styles.group}>
            <th scope="rowgroup" colSpan={isOnOthers ? 9 : 8}>
              <bdi>{wayWords(way, of.length)}</bdi>
            </th>
          </tr>
          {of.map((entry) => (
            <PeopleRow
              key={keyOf(entry)}
              entry={entry}
              reviewed={reviewed}
              isOnOthers={isOnOthers}
              wayCount={wayCounts.get(holderOf(entry))?.length ?? 1}
              menu={actions(entry)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function keyOf({ object, role, subject, via }: ReviewEntry): string {
  return JSON.stringify([object, role, subject, via]);
}

/** Entries of the same holder are ways to the same role. */
function holderOf({ object, role, subject }: ReviewEntry): string {
  return JSON.stringify([object, role, subject]);
}

interface PeopleRowProps {
  readonly entry: ReviewEntry;
  readonly reviewed: string;
  readonly isOnOthers: boolean;
  /** In how many ways somebody has this role, of those that are shown. */
  readonly wayCount: number;
  readonly menu: ReactNode;
}

function PeopleRow({ entry, reviewed, isOnOthers, wayCount, menu }: PeopleRowProps) {
  const { subject, role, object, grantedAt, grantedBy } = entry;
  return (
    <tr>
      <th scope="row">
        <Ref value={subject} who={{ within: reviewed }} />
      </th>
      <td data-label={objectWords.role}>
        <code>{role}</code>
        {wayCount > 1 && <span className={styles.ways}>{waysWords(wayCount)}</span>}
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
      <td data-label={objectWords.by}>
        {grantedBy === null ? objectWords.atConsole : <Ref value={grantedBy} who={{ within: reviewed }} />}
      </td>
      <td data-label={objectWords.until}>
        <Until entry={entry} />
      </td>
      <td data-label={objectWords.effect}>
        <Effect entry={entry} />
      </td>
      <td className={styles.menu}>{menu}</td>
    </tr>
  );
}

function Until({ entry: { startsAt, expiresAt, conditions } }: { readonly entry: ReviewEntry }) {
  return (
    <>
      {startsAt !== null && (
        <span className={styles.condition}>
          {objectWords.from} <Time at={startsAt} />
        </span>
      )}
      {expiresAt === null ? <span className="muted">{objectWords.noEnd}</span> : <Time at={expiresAt} />}
      {conditions.map(({ name, context }) => (
        <span key={JSON.stringify([name, context])} className={styles.condition} title={JSON.stringify(context)}>
          {name}
        </span>
      ))}
    </>
  );
}

/** Through what a role comes: the subjects of all its relationships but the last one, who is whoever has it. */
function Way({ entry }: { readonly entry: ReviewEntry }) {
  const between = entry.via.slice(0, -1).map(({ subject }) => subject);
  const way = wayOf(entry);
  if (way.kind === 'role') return <span className="muted">{withRoleWords(way.of)}</span>;
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

import { Link } from '@tanstack/react-router';
import type { AuditEvent } from '../ask/audit-pages.ts';
import { auditWords } from '../words/audit-words.ts';
import { Mark } from './mark.tsx';
import styles from './people-table.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

/** A row for each event, with what was there before and after it. */
export function AuditTable({ events }: { readonly events: readonly AuditEvent[] }) {
  return (
    <table className={styles.table}>
      <caption className="only-read">{auditWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{auditWords.when}</th>
          <th scope="col">{auditWords.who}</th>
          <th scope="col">{auditWords.did}</th>
          <th scope="col">{auditWords.taken}</th>
          <th scope="col">{auditWords.given}</th>
          <th scope="col">{auditWords.reason}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <AuditRow key={event.id} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ event }: { readonly event: AuditEvent }) {
  const { id, at, actor, delegate, action, outcome, before, after, reason } = event;
  return (
    <tr>
      <th scope="row">
        <span className="muted">{id}</span> <Time at={at} />
      </th>
      <td data-label={auditWords.who}>
        {/^[^\s:]+:[^\s:]+$/.test(actor) ? <Ref value={actor} who={{}} /> : <bdi>{actor}</bdi>}
        {delegate !== null && (
          <>
            {' '}
            {auditWords.for} <bdi>{delegate}</bdi>
          </>
        )}
      </td>
      <td data-label={auditWords.did}>
        <code>{action}</code>
        {isRollBack(event) && <span className={styles.condition}>{auditWords.rolledBack}</span>}
        {outcome === 'DENIED' && (
          <span className={styles.denied}>
            <Mark kind="denied" /> {auditWords.refused}
          </span>
        )}
      </td>
      <td data-label={auditWords.taken}>
        <State state={before} />
      </td>
      <td data-label={auditWords.given}>
        <State state={after} />
      </td>
      <td data-label={auditWords.reason}>
        <bdi>{reason}</bdi>
      </td>
    </tr>
  );
}

/** Whether a model of before decides again. */
function isRollBack({ action, before, after }: AuditEvent): boolean {
  return action === 'activateModel' && Number(after.modelIds[0]) < Number(before.modelIds[0]);
}

const mostShown = 10;

function State({ state: { relationships, modelIds, reads, hiddenCount } }: { readonly state: AuditEvent['before'] }) {
  const left = relationships.length - mostShown;
  return (
    <>
      {relationships.slice(0, mostShown).map(({ object, relation, subject, condition, expiresAt }) => (
        <div key={JSON.stringify([object, relation, subject])}>
          <Ref value={subject} /> <code>{relation}</code> <Ref value={object} />
          {condition !== null && <span className={styles.condition}>{condition.name}</span>}
          {expiresAt !== null && (
            <span className={styles.condition}>
              <Time at={expiresAt} />
            </span>
          )}
        </div>
      ))}
      {left > 0 && <div className="muted">+ {left}</div>}
      {modelIds.map((model) => (
        <div key={model}>
          <Link to="/models/$model" params={{ model }}>
            {auditWords.model} {model}
          </Link>
        </div>
      ))}
      {reads.map(({ object, permission }) => (
        <div key={JSON.stringify([object, permission])}>
          {auditWords.read} <code>{permission}</code> <Ref value={object} />
        </div>
      ))}
      {hiddenCount > 0 && (
        <div className="muted">
          {hiddenCount} {auditWords.more}
        </div>
      )}
    </>
  );
}

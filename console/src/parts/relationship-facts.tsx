import type { Written } from '../ask/writes.ts';
import { objectWords } from '../words/object-words.ts';
import { writeWords } from '../words/write-words.ts';
import { Ref } from './ref.tsx';
import styles from './relationship-facts.module.css';
import { Time } from './time.tsx';

/** A relationship as the server has it: who, what, since when and until when, by whom. */
export function RelationshipFacts({ relationship }: { readonly relationship: Written }) {
  const { subject, relation, object, condition, startsAt, expiresAt, createdAt, createdBy } = relationship;
  return (
    <dl className={styles.facts}>
      <dt>{objectWords.who}</dt>
      <dd>
        <Ref value={subject} who={{ within: object }} />
      </dd>
      <dt>{objectWords.role}</dt>
      <dd>
        <code>{relation}</code> {writeWords.on} <Ref value={object} />
      </dd>
      {startsAt !== null && <dt>{writeWords.from}</dt>}
      {startsAt !== null && (
        <dd>
          <Time at={startsAt} />
        </dd>
      )}
      <dt>{objectWords.until}</dt>
      <dd>{expiresAt === null ? objectWords.noEnd : <Time at={expiresAt} />}</dd>
      {condition !== null && <dt>{writeWords.condition}</dt>}
      {condition !== null && (
        <dd>
          <code>{condition.name}</code> {condition.context !== null && <code>{JSON.stringify(condition.context)}</code>}
        </dd>
      )}
      <dt>{objectWords.by}</dt>
      <dd>
        {createdBy === null ? objectWords.atConsole : <Ref value={createdBy} who={{ within: object }} />},{' '}
        <Time at={createdAt} />
      </dd>
    </dl>
  );
}

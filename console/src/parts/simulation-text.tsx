import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Simulation } from '../ask/access-change.ts';
import { moreOfWords, pairWords, permissionsCount, rightWords, simulationWords } from '../words/simulation-words.ts';
import styles from './simulation-text.module.css';

/** What a change would mean, by the server's word: who gains and loses what, and what nobody should come to by it. */
export function SimulationText({ simulation }: { readonly simulation: Simulation }) {
  const { changed, escalations, toxicPairs, problems, isComplete, notExamined } = simulation;
  return (
    <>
      {problems.map(({ message }) => (
        <p key={message} role="alert" data-problem="">
          <strong>{simulationWords.problems}:</strong> <bdi>{message}</bdi>
        </p>
      ))}
      {changed === 0 && <p>{simulationWords.nothingChanges}</p>}
      {changed > 0 && isWithoutEffect(simulation) && (
        <p>{isComplete ? simulationWords.nobody : simulationWords.nobodyFound}</p>
      )}
      <dl className={styles.effects}>
        {(['lost', 'gained', 'becameUndecided'] as const).map((side) => (
          <Permissions key={side} side={side} simulation={simulation} />
        ))}
        <Sentences
          name={simulationWords.escalations}
          count={escalations.count}
          sentences={escalations.examples.map(({ subject, object, relations }) =>
            rightWords(subject, object, relations),
          )}
        />
        <Sentences
          name={simulationWords.toxicPairs}
          count={toxicPairs.count}
          sentences={toxicPairs.examples.map(pairWords)}
        />
      </dl>
      {!isComplete && (
        <div className="muted">
          {simulationWords.notExamined}
          <ul>
            {notExamined.map((one) => (
              <li key={one}>
                <bdi>{one}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function isWithoutEffect({ gained, lost, becameUndecided }: Simulation): boolean {
  return gained.count === 0 && lost.count === 0 && becameUndecided.count === 0;
}

interface PermissionsProps {
  readonly side: 'lost' | 'gained' | 'becameUndecided';
  readonly simulation: Simulation;
}

function Permissions({ side, simulation }: PermissionsProps) {
  const { count, examples } = simulation[side];
  if (count === 0) return undefined;
  const subjects = [...new Set(examples.map(({ subject }) => subject))];
  return (
    <Effect name={simulationWords[side]} side={side}>
      <details>
        <summary>
          <bdi>{permissionsCount(count, simulation.isComplete, subjects)}</bdi>
        </summary>
        <ul>
          {examples.map((one) => (
            <li key={JSON.stringify(one)}>
              <Link to="/ask/why" search={one}>
                <bdi>{one.subject}</bdi>: <code>{one.permission}</code> on <bdi>{one.object}</bdi>
              </Link>
            </li>
          ))}
          {examples.length < count && <li className="muted">{moreOfWords(count - examples.length)}</li>}
        </ul>
      </details>
    </Effect>
  );
}

interface SentencesProps {
  readonly name: string;
  readonly count: number;
  readonly sentences: readonly string[];
}

function Sentences({ name, count, sentences }: SentencesProps) {
  if (count === 0) return undefined;
  return (
    <Effect name={name} side="risk">
      <ul role="alert">
        {sentences.map((one) => (
          <li key={one}>
            <bdi>{one}</bdi>
          </li>
        ))}
        {sentences.length < count && <li className="muted">{moreOfWords(count - sentences.length)}</li>}
      </ul>
    </Effect>
  );
}

function Effect({
  name,
  side,
  children,
}: {
  readonly name: string;
  readonly side: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <dt data-effect={side}>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

import type { ReactNode } from 'react';
import type { Step, StepNode } from '../ask/explanation.ts';
import { stepWords } from '../words/step-words.ts';
import { Mark } from './mark.tsx';
import { Ref } from './ref.tsx';
import styles from './steps-tree.module.css';
import { Time } from './time.tsx';

interface StepsTreeProps {
  readonly subject: string;
  readonly nodes: readonly StepNode[];
}

/** An explanation as lists in lists: each step with the steps that it rests on below it. */
export function StepsTree({ subject, nodes }: StepsTreeProps) {
  return (
    <ul className={styles.tree}>
      {nodes.map((node, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names, and never change their places.
        <li key={index} data-kind={node.step.kind}>
          <StepLine subject={subject} step={node.step} />
          {node.below.length > 0 && <StepsTree subject={subject} nodes={node.below} />}
        </li>
      ))}
    </ul>
  );
}

function StepLine({ subject, step }: { readonly subject: string; readonly step: Step }) {
  return (
    <span className={styles.line}>
      {signOf(step)}
      <span>{wordsOf(subject, step)}</span>
    </span>
  );
}

/** A step that says the same by its sign and by its words. */
function signOf({ kind }: Step): ReactNode {
  switch (kind) {
    case 'EXCLUDED':
      return <Sign kind="denied" />;
    case 'UNMET_CONDITION':
      return <Sign kind="denied" />;
    case 'UNDECIDED':
      return <Sign kind="undecided" />;
    case 'HIDDEN':
      return <Sign kind="hidden" />;
    case 'RELATIONSHIP':
    case 'SELF':
      return <span className={styles.dot} />;
    case 'HOLDS':
    case 'NOT_EXCLUDED':
      return undefined;
  }
}

function Sign({ kind }: { readonly kind: 'denied' | 'undecided' | 'hidden' }) {
  return (
    <span className={styles[kind]}>
      <Mark kind={kind} />
    </span>
  );
}

function wordsOf(subject: string, step: Step): ReactNode {
  switch (step.kind) {
    case 'HOLDS':
      return <Holding subject={subject} verb={stepWords.has} step={step} />;
    case 'EXCLUDED':
      return (
        <>
          <Holding subject={subject} verb={stepWords.wouldHave} step={step} />
          {stepWords.takenAway}
        </>
      );
    case 'SELF':
      return stepWords.self;
    case 'NOT_EXCLUDED':
      return <span className="muted">{stepWords.notExcluded}</span>;
    case 'HIDDEN':
      return <span className="muted">{stepWords.hidden}</span>;
    case 'RELATIONSHIP':
      return <Fact step={step} />;
    case 'UNMET_CONDITION':
      return <Fact step={step} problem={stepWords.unmet} />;
    case 'UNDECIDED':
      return step.subject === null ? <bdi>{step.text}</bdi> : <Fact step={step} problem={stepWords.undecided} />;
  }
}

interface HoldingProps {
  readonly subject: string;
  readonly verb: string;
  readonly step: Step;
}

function Holding({ subject, verb, step: { relation, object } }: HoldingProps) {
  return (
    <>
      <bdi>{subject}</bdi> {verb} <code>{relation}</code>
      {object !== null && (
        <>
          {' '}
          {stepWords.on} <Ref value={object} />
        </>
      )}
    </>
  );
}

function Fact({ step, problem }: { readonly step: Step; readonly problem?: string }) {
  const { subject, relation, object } = step;
  if (subject === null || object === null) return <bdi>{step.text}</bdi>;
  return (
    <>
      <Ref value={subject} /> {stepWords.isA} <code>{relation}</code> {stepWords.of} <Ref value={object} />
      {problem !== undefined && <strong className={styles.problem}> – {problem}</strong>}
      <Origin step={step} />
    </>
  );
}

/** With what values, by whom, since when, and until when. */
function Origin({ step: { condition, createdBy, createdAt, expiresAt } }: { readonly step: Step }) {
  return (
    <span className={styles.origin}>
      {condition !== null && (
        <span>
          {stepWords.while} <code>{condition.name}</code> <bdi>{JSON.stringify(condition.context ?? {})}</bdi>
        </span>
      )}
      {createdBy !== null && (
        <span>
          {stepWords.by} <Ref value={createdBy} who={{}} />
        </span>
      )}
      {createdAt !== null && (
        <span>
          {stepWords.since} <Time at={createdAt} />
        </span>
      )}
      {expiresAt !== null && (
        <span>
          {stepWords.until} <Time at={expiresAt} />
        </span>
      )}
    </span>
  );
}

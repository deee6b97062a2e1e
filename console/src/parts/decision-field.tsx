import { Link } from '@tanstack/react-router';
import { objectOf } from '../ask/object-of.ts';
import { type Decided, isGrant, type ReviewDecision } from '../ask/review-decisions.ts';
import type { ReviewEntry } from '../ask/review-groups.ts';
import { decisionLabel, reviewWords } from '../words/review-words.ts';
import { endOf } from './end-fields.tsx';
import { Time } from './time.tsx';

interface DecisionFieldProps {
  readonly entry: ReviewEntry;
  readonly decision: ReviewDecision | undefined;
  /** Whether the caller may change it. */
  readonly mayChange: boolean;
  readonly isBusy: boolean;
  readonly onDecide: (decided: Decided | undefined) => void;
}

/** What is to become of a grant. What comes from elsewhere is decided where it is given. */
export function DecisionField({ entry, decision, mayChange, isBusy, onDecide }: DecisionFieldProps) {
  const { role, subject, object, via } = entry;
  const there = objectOf(via[0]?.subject ?? object);
  if (!isGrant(entry)) {
    if (via.length < 2)
      return (
        <span className="muted">
          {reviewWords.notHere} {via[0]?.relation}
        </span>
      );
    return (
      <span className="muted">
        {reviewWords.notHere}{' '}
        <Link to="/reviews/$object" params={{ object: there }}>
          {there}
        </Link>
      </span>
    );
  }
  if (decision !== undefined && decision.choice !== 'keep' && decision.outcome !== 'open')
    return <Outcome decision={decision} />;
  return (
    <>
      <select
        aria-label={decisionLabel(role, subject, object)}
        value={decision?.choice === 'extend' ? 'other' : (decision?.choice ?? '')}
        disabled={isBusy}
        onChange={({ target }) => onDecide(decidedBy(target.value))}
      >
        <option value="">{reviewWords.undecided}</option>
        <option value="keep">{reviewWords.keep}</option>
        {mayChange && <option value="revoke">{reviewWords.revoke}</option>}
        {mayChange && <option value="month">{reviewWords.month}</option>}
        {mayChange && <option value="quarter">{reviewWords.quarter}</option>}
        {decision?.choice === 'extend' && <option value="other">{reviewWords.otherEnd}</option>}
      </select>
      {decision?.choice === 'extend' && decision.expiresAt !== null && (
        <>
          {' '}
          <Time at={decision.expiresAt} isDay />
        </>
      )}
      {!mayChange && <span className="muted"> {reviewWords.notMine}</span>}
    </>
  );
}

function decidedBy(value: string): Decided | undefined {
  if (value === '') return undefined;
  if (value === 'keep' || value === 'revoke') return { choice: value, expiresAt: null };
  return { choice: 'extend', expiresAt: endOf(value, new Date()) };
}

function Outcome({ decision: { choice, outcome, message } }: { readonly decision: ReviewDecision }) {
  const what = choice === 'revoke' ? reviewWords.revoke : reviewWords.otherEnd;
  if (outcome === 'done') {
    return (
      <strong>
        {what}: {reviewWords.done}
      </strong>
    );
  }
  return (
    <span title={message}>
      {what}: {outcome === 'refused' ? `${reviewWords.refused}. ${message}` : reviewWords.unknown}
    </span>
  );
}

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { objectOf } from '../ask/object-of.ts';
import { type Decided, isGrant, type ReviewDecision } from '../ask/review-decisions.ts';
import type { ReviewEntry } from '../ask/review-groups.ts';
import { decisionLabel, endWords, reviewWords } from '../words/review-words.ts';
import { writeWords } from '../words/write-words.ts';
import { endOf, presets } from './end-fields.tsx';
import { Time } from './time.tsx';
import { TimeInput } from './time-input.tsx';

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
  const [isChoosing, setIsChoosing] = useState(false);
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
        value={isChoosing ? 'chosen' : decision?.choice === 'extend' ? 'other' : (decision?.choice ?? '')}
        disabled={isBusy}
        onChange={({ target: { value } }) => {
          setIsChoosing(value === 'chosen');
          if (value !== 'chosen') onDecide(decidedBy(value));
        }}
      >
        <option value="">{reviewWords.undecided}</option>
        <option value="keep">{reviewWords.keep}</option>
        {mayChange && <option value="revoke">{reviewWords.revoke}</option>}
        {mayChange &&
          presets.map((preset) => (
            <option key={preset} value={preset}>
              {endWords(preset, new Date(endOf(preset, new Date())))}
            </option>
          ))}
        {mayChange && <option value="chosen">{reviewWords.chosenEnd}</option>}
        {decision?.choice === 'extend' && <option value="other">{reviewWords.otherEnd}</option>}
      </select>
      {isChoosing && (
        <TimeInput
          label={`${decisionLabel(role, subject, object)}: ${writeWords.chosen}`}
          value={decision?.expiresAt ?? ''}
          onChange={(at) => {
            if (at !== '') onDecide({ choice: 'extend', expiresAt: at });
          }}
        />
      )}
      {!isChoosing && decision?.choice === 'extend' && decision.expiresAt !== null && (
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

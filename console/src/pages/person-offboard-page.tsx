import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useHoldings, useMayOffboard } from '../ask/holdings.ts';
import { type Offboarding, offboardSubject } from '../ask/offboard.ts';
import { OffboardPreview } from '../parts/offboard-preview.tsx';
import { OffboardResult } from '../parts/offboard-result.tsx';
import { PersonFrame } from '../parts/person-frame.tsx';
import { WithinForm } from '../parts/within-form.tsx';
import { WriteForm } from '../parts/write-form.tsx';
import { notReviewerOf, personWords, takeAllWords } from '../words/person-words.ts';

/** Takes from somebody all that they hold, or as much of it as one may; it says before what that is. */
export function PersonOffboardPage() {
  const { subject } = useParams({ from: '/people/$subject/off-board' });
  const { within } = useSearch({ from: '/people/$subject/off-board' });
  const navigate = useNavigate();
  const { holdings, last, isNotForMe } = useHoldings(subject, within);
  const mayTake = useMayOffboard(holdings);
  const [taken, setTaken] = useState<Offboarding>();
  if (taken !== undefined) {
    return (
      <PersonFrame subject={subject} within={within}>
        <OffboardResult offboarding={taken} />
      </PersonFrame>
    );
  }
  return (
    <PersonFrame subject={subject} within={within}>
      <WithinForm key={within} to="/people/$subject/off-board" subject={subject} within={within} />
      {isNotForMe && <p className="muted">{within === undefined ? personWords.sayWithin : notReviewerOf(within)}</p>}
      {!mayTake && last !== undefined && <p className="muted">{personWords.nothingToTake}</p>}
      {mayTake && (
        <WriteForm
          write={offboardSubject}
          input={{ subject }}
          name={takeAllWords(subject)}
          isDestructive
          isBlocked={({ offboarding }) =>
            offboarding === null || offboarding.orphanedCount > 0 || offboarding.relationshipCount === 0
          }
          showPreview={({ offboarding }) => offboarding !== null && <OffboardPreview offboarding={offboarding} />}
          onCancel={() => void navigate({ to: '/people/$subject', params: { subject }, search: { within } })}
          onDone={({ offboarding }) => setTaken(offboarding ?? undefined)}
        />
      )}
    </PersonFrame>
  );
}

import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ObjectPeopleDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { useGivable } from '../ask/givable.ts';
import { isGrant, isSent, type ReviewDecision } from '../ask/review-decisions.ts';
import { filterText, type ReviewFields, reviewFilter } from '../ask/review-filter.ts';
import type { ReviewEntry } from '../ask/review-groups.ts';
import { useObjectRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { usePages } from '../ask/use-pages.ts';
import { useReview } from '../ask/use-review.ts';
import { DecisionField } from '../parts/decision-field.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { NameField } from '../parts/name-field.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { PeopleTable } from '../parts/people-table.tsx';
import { Problem } from '../parts/problem.tsx';
import styles from '../parts/question-form.module.css';
import { RecentObjects } from '../parts/recent-objects.tsx';
import { ReviewDialog } from '../parts/review-dialog.tsx';
import { ReviewExport } from '../parts/review-export.tsx';
import { ReviewFilterForm } from '../parts/review-filter-form.tsx';
import { shownCount } from '../words/ask-words.ts';
import { objectWords } from '../words/object-words.ts';
import { decidedWords, pendingWords, progressWords, reviewWords } from '../words/review-words.ts';
import toolStyles from './review-page.module.css';

/** Where a review begins: with an object. */
export function ReviewStartPage() {
  const navigate = useNavigate();
  const [object, setObject] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: '/reviews/$object', params: { object: object.trim() } });
  };
  return (
    <Page title={reviewWords.title}>
      <p>{reviewWords.start}</p>
      <form className={`${styles.form} ${styles.one}`} onSubmit={submit}>
        <NameField
          kind="object"
          name="object"
          isOne
          label={reviewWords.object}
          hint="organization:northwind"
          value={object}
          onChange={setObject}
        />
        <button type="submit">{reviewWords.open}</button>
      </form>
      <RecentObjects />
    </Page>
  );
}

/** Who has which role on an object: decided row by row, previewed together, applied one after the other. */
export function ReviewPage() {
  const { object } = useParams({ from: '/reviews/$object' });
  const fields = useSearch({ from: '/reviews/$object' });
  const { isKnown, mayReview } = useObjectRights(object);
  return (
    <Page title={`${reviewWords.title}: ${object}`}>
      {isKnown && !mayReview && <p className="muted">{objectWords.notReviewer}</p>}
      {mayReview && <ReviewFilterForm key={JSON.stringify(fields)} object={object} fields={fields} />}
      {mayReview && <ReviewList key={object} object={object} fields={fields} />}
    </Page>
  );
}

function ReviewList({ object, fields }: { readonly object: string; readonly fields: ReviewFields }) {
  const { subject: caller } = useCaller();
  const isContained = fields.contained === 'yes';
  const variables = { object, includeContained: isContained, filter: reviewFilter(object, fields) };
  const { pages, last, error, isFetching, fetchNextPage, refetch } = usePages({
    question: ['review', variables],
    isEnabled: true,
    read: async (after) => (await ask(ObjectPeopleDocument, { ...variables, after })).accessReview,
  });
  const entries = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const grants = entries.filter(isGrant);
  const mayGive = useGivable(grants);
  const review = useReview(object);
  if (error !== null) return <Problem error={error} again={() => void refetch()} />;
  if (last === undefined) return undefined;
  const decided = grants.filter((grant) => review.decisionOf(grant) !== undefined).length;
  return (
    <>
      <div className={toolStyles.tools}>
        <p role="status" className="muted">
          {entries.length === 0 ? objectWords.nobody : shownCount(entries.length, last.pageInfo.hasNextPage)}
          {grants.length > 0 && `; ${decidedWords(decided, grants.length)}`}
        </p>
        <ReviewExport
          variables={variables}
          file={{
            ...{ object, isContained, caller, filter: filterText(fields) },
            decisionOf: (entry) => decisionText(entry, review.decisionOf(entry)),
          }}
        />
      </div>
      <ReviewTools object={object} review={review} />
      {entries.length > 0 && (
        <PeopleTable
          reviewed={object}
          entries={entries}
          actionsName={reviewWords.decision}
          actions={(entry) => (
            <DecisionField
              entry={entry}
              decision={isGrant(entry) ? review.decisionOf(entry) : undefined}
              mayChange={mayGive(entry.object, entry.role)}
              isBusy={review.isApplying}
              onDecide={(wanted) => review.decide(entry, wanted)}
            />
          )}
        />
      )}
      <MoreButton
        page={last.pageInfo}
        isCutShort={last.isCutShort}
        isLoading={isFetching}
        onMore={() => void fetchNextPage()}
      />
      {!last.isComplete && <p>{objectWords.notComplete}</p>}
      <PageTools query={String(ObjectPeopleDocument)} variables={variables} />
    </>
  );
}

/** What was decided so far, and what can be done with it. */
function ReviewTools({ object, review }: { readonly object: string; readonly review: ReturnType<typeof useReview> }) {
  const { decisions, pending, isApplying, error, forget, apply, goOn } = review;
  const [isOpen, setIsOpen] = useState(false);
  if (decisions.length === 0) return undefined;
  const changes = decisions.filter(({ choice }) => choice !== 'keep');
  const isStopped = !isApplying && pending.some(isSent);
  return (
    <section className={toolStyles.decisions} aria-label={reviewWords.decision}>
      <p role="status">
        {pending.length > 0 && `${pendingWords(pending.length)}. `}
        {changes.length > pending.length && progressWords(changes.length - pending.length, changes.length)}
      </p>
      {error !== null && <Problem error={error} />}
      {isStopped && <p role="alert">{reviewWords.stopped}</p>}
      <div className={toolStyles.tools}>
        {pending.length > 0 && !isStopped && (
          <button type="button" disabled={isApplying} onClick={() => setIsOpen(true)}>
            {reviewWords.see}
          </button>
        )}
        {isStopped && (
          <button type="button" onClick={goOn}>
            {reviewWords.goOn}
          </button>
        )}
        <button type="button" className="quiet" disabled={isApplying || isStopped} onClick={forget}>
          {reviewWords.forget}
        </button>
      </div>
      {isOpen && pending.length > 0 && (
        <ReviewDialog
          object={object}
          pending={pending}
          onClose={() => setIsOpen(false)}
          onApply={(wanted, reason) => {
            setIsOpen(false);
            apply(wanted, reason);
          }}
        />
      )}
    </section>
  );
}

function decisionText(entry: ReviewEntry, decision: ReviewDecision | undefined): string {
  if (decision === undefined || !isGrant(entry)) return '';
  const { choice, expiresAt, outcome } = decision;
  const what = choice === 'extend' ? `${reviewWords.otherEnd} ${expiresAt}` : reviewWords[choice];
  return choice === 'keep' ? what : `${what}: ${outcome}`;
}

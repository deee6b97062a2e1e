import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FindingsDocument } from '../ask/__generated__/operations.ts';
import { type FindingFields, findingsVariables, typeOfFinding, useFindings } from '../ask/findings.ts';
import { useObjectRights } from '../ask/rights.ts';
import { FindingDialog } from '../parts/finding-dialog.tsx';
import { FindingFilterForm } from '../parts/finding-filter-form.tsx';
import { FindingsTable } from '../parts/findings-table.tsx';
import { LiveAccess } from '../parts/live-access.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { NameField } from '../parts/name-field.tsx';
import { NotExamined } from '../parts/not-examined.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { Problem } from '../parts/problem.tsx';
import styles from '../parts/question-form.module.css';
import { RecentObjects } from '../parts/recent-objects.tsx';
import { findingWords, foundCount, nothingWords, nothingYetWords, ofTypeWords } from '../words/finding-words.ts';

/** Where one begins to look: with an object. */
export function FindingsStartPage() {
  const navigate = useNavigate();
  const [object, setObject] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: '/findings/$object', params: { object: object.trim() } });
  };
  return (
    <Page title={findingWords.title}>
      <p>{findingWords.start}</p>
      <form className={`${styles.form} ${styles.one}`} onSubmit={submit}>
        <NameField
          kind="object"
          name="object"
          isOne
          label={findingWords.object}
          hint="organization:northwind"
          value={object}
          onChange={setObject}
        />
        <button type="submit">{findingWords.open}</button>
      </form>
      <RecentObjects />
    </Page>
  );
}

/** What somebody should look at of the access to an object. */
export function FindingsPage() {
  const { object } = useParams({ from: '/findings/$object' });
  const { end, ...fields } = useSearch({ from: '/findings/$object' });
  const { isKnown, mayReview } = useObjectRights(object);
  return (
    <Page title={`${findingWords.title}: ${object}`}>
      {isKnown && !mayReview && <p className="muted">{findingWords.notReviewer}</p>}
      {mayReview && <FindingsList key={object} object={object} fields={fields} end={end} />}
    </Page>
  );
}

interface FindingsListProps {
  readonly object: string;
  readonly fields: FindingFields;
  /** The finding whose end is looked at. */
  readonly end: string | undefined;
}

function FindingsList({ object, fields, end }: FindingsListProps) {
  const navigate = useNavigate();
  const variables = findingsVariables(object, fields);
  const { pages, last, error, isFetching, fetchNextPage, refetch } = useFindings(variables, true);
  const found = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const { type = '' } = fields;
  const shown = type === '' ? found : found.filter((one) => typeOfFinding(one) === type);
  const types = [...new Set(found.map(typeOfFinding))].toSorted();
  return (
    <>
      <FindingFilterForm key={JSON.stringify(fields)} object={object} fields={fields} types={types} />
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {error === null && last === undefined && <p role="status">{findingWords.asking}</p>}
      {error === null && last !== undefined && (
        <>
          <LiveAccess object={object} isContained={fields.alone !== 'yes'} token={pages[0]?.consistencyToken} />
          <p role="status" className="muted">
            {foundText({ object, fields, found: found.length, shown: shown.length, last })}
          </p>
          <NotExamined intro={findingWords.notComplete} page={last} />
          {shown.length > 0 && <FindingsTable object={object} fields={fields} findings={shown} />}
          <MoreButton
            page={last.pageInfo}
            isCutShort={false}
            isLoading={isFetching}
            onMore={() => void fetchNextPage()}
          />
          <PageTools query={String(FindingsDocument)} variables={variables} />
        </>
      )}
      {end !== undefined && last !== undefined && (
        <FindingDialog
          key={end}
          object={object}
          finding={found.find(({ id }) => id === end)}
          onClose={() => void navigate({ to: '/findings/$object', params: { object }, search: fields })}
        />
      )}
    </>
  );
}

interface Found {
  readonly object: string;
  readonly fields: FindingFields;
  readonly found: number;
  readonly shown: number;
  readonly last: { readonly pageInfo: { readonly hasNextPage: boolean }; readonly isComplete: boolean };
}

/** How many there are; a search that was cut short is never one that found nothing. */
function foundText({ object, fields: { kind, type = '', alone }, found, shown, last }: Found): string {
  if (found === 0) return last.isComplete ? nothingWords(object, alone !== 'yes', kind) : nothingYetWords(object);
  if (type !== '') return ofTypeWords(shown, found, type);
  return foundCount(found, last.pageInfo.hasNextPage);
}

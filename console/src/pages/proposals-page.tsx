import { Link, useSearch } from '@tanstack/react-router';
import { ProposalsDocument } from '../ask/__generated__/operations.ts';
import { type ProposalFields, type Show, showOf, shows, useProposals } from '../ask/proposal-list.ts';
import { useRights } from '../ask/rights.ts';
import { LiveProposals } from '../parts/live-proposals.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { Problem } from '../parts/problem.tsx';
import { ProposalsTable } from '../parts/proposals-table.tsx';
import { Ref } from '../parts/ref.tsx';
import styles from '../parts/tabs.module.css';
import { shownCount } from '../words/ask-words.ts';
import { proposalWords, showNames } from '../words/proposal-words.ts';

/** What was proposed: by oneself, and for oneself to decide. */
export function ProposalsPage() {
  const fields = useSearch({ from: '/proposals' });
  const { object } = fields;
  return (
    <Page title={proposalWords.title}>
      <p className="muted">{proposalWords.about}</p>
      <nav className={styles.tabs} aria-label={proposalWords.tabs}>
        {shows.map((show) => (
          <Link
            key={show}
            to="/proposals"
            search={{ ...(show !== 'all' && { show }), ...(object !== undefined && { object }) }}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {showNames[show]}
          </Link>
        ))}
      </nav>
      {object !== undefined && (
        <p>
          {proposalWords.onlyAbout} <Ref value={object} />.{' '}
          <Link to="/proposals" search={{ show: fields.show }}>
            {proposalWords.anyObject}
          </Link>
        </p>
      )}
      <ProposalsList key={JSON.stringify(fields)} fields={fields} />
    </Page>
  );
}

function ProposalsList({ fields }: { readonly fields: ProposalFields }) {
  const { mayReadWholeAuditLog } = useRights();
  const { proposals, variables, last, error, isFetching, fetchNextPage, refetch } = useProposals(fields);
  if (error !== null) return <Problem error={error} again={() => void refetch()} />;
  if (last === undefined) return undefined;
  return (
    <>
      {mayReadWholeAuditLog ? (
        <LiveProposals />
      ) : (
        <button type="button" className="quiet" disabled={isFetching} onClick={() => void refetch()}>
          {proposalWords.readAgain}
        </button>
      )}
      <p role="status" className="muted">
        {proposals.length === 0 && !last.pageInfo.hasNextPage
          ? noneWords[showOf(fields)]
          : shownCount(proposals.length, last.pageInfo.hasNextPage)}
      </p>
      {proposals.length > 0 && <ProposalsTable proposals={proposals} />}
      <MoreButton
        page={last.pageInfo}
        isCutShort={last.isCutShort}
        isLoading={isFetching}
        onMore={() => void fetchNextPage()}
      />
      <PageTools query={String(ProposalsDocument)} variables={variables} />
    </>
  );
}

const noneWords: Readonly<Record<Show, string>> = {
  all: proposalWords.none,
  decide: proposalWords.noneToDecide,
  mine: proposalWords.noneMine,
};

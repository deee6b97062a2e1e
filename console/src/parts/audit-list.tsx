import { AuditDocument } from '../ask/__generated__/operations.ts';
import { type AuditFilter, useAuditPages } from '../ask/audit-pages.ts';
import { shownCount } from '../words/ask-words.ts';
import { auditWords } from '../words/audit-words.ts';
import { AuditTable } from './audit-table.tsx';
import { LiveAudit } from './live-audit.tsx';
import { MoreButton } from './more-button.tsx';
import { PageTools } from './page-tools.tsx';
import { Problem } from './problem.tsx';

/** Events of the audit log, for whoever may read them. */
export function AuditList({ filter, mayRead }: { readonly filter: AuditFilter; readonly mayRead: boolean }) {
  const { pages, last, error, isFetching, fetchNextPage, refetch } = useAuditPages(filter, mayRead);
  const events = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  if (error !== null) return <Problem error={error} again={() => void refetch()} />;
  if (last === undefined) return undefined;
  return (
    <>
      <LiveAudit filter={filter} cursor={pages[0]?.edges[0]?.cursor} />
      <p role="status" className="muted">
        {events.length === 0 ? auditWords.nothing : shownCount(events.length, last.pageInfo.hasNextPage)}
      </p>
      {events.length > 0 && <AuditTable events={events} />}
      <MoreButton
        page={last.pageInfo}
        isCutShort={last.isCutShort}
        isLoading={isFetching}
        onMore={() => void fetchNextPage()}
      />
      <PageTools query={String(AuditDocument)} variables={{ filter }} />
    </>
  );
}

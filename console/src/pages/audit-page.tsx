import { useSearch } from '@tanstack/react-router';
import { useRights } from '../ask/rights.ts';
import { AuditFilterForm, filterOf } from '../parts/audit-filter-form.tsx';
import { AuditList } from '../parts/audit-list.tsx';
import { Page } from '../parts/page.tsx';
import { auditWords } from '../words/audit-words.ts';

/** What was done, what was refused, and what was read by break-glass. */
export function AuditPage() {
  const fields = useSearch({ from: '/audit' });
  const { isKnown, mayReadWholeAuditLog } = useRights();
  return (
    <Page title={auditWords.title}>
      {isKnown && !mayReadWholeAuditLog && <p className="muted">{auditWords.notAuditor}</p>}
      {mayReadWholeAuditLog && <AuditFilterForm fields={fields} />}
      <AuditList filter={filterOf(fields)} mayRead={mayReadWholeAuditLog} />
    </Page>
  );
}

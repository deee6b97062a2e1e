import { useParams } from '@tanstack/react-router';
import { useObjectRights } from '../ask/rights.ts';
import { AuditList } from '../parts/audit-list.tsx';
import { ObjectFrame } from '../parts/object-frame.tsx';
import { objectWords } from '../words/object-words.ts';

/** What happened to the access to an object. */
export function ObjectHistoryPage() {
  const { object } = useParams({ from: '/objects/$object/history' });
  const { isKnown, mayReadAuditLog } = useObjectRights(object);
  return (
    <ObjectFrame object={object}>
      {isKnown && !mayReadAuditLog && <p className="muted">{objectWords.notAuditor}</p>}
      <AuditList filter={{ object }} mayRead={mayReadAuditLog} />
    </ObjectFrame>
  );
}

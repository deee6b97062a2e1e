import { AuditEventAddedDocument } from '../ask/__generated__/operations.ts';
import type { AuditFilter } from '../ask/audit-pages.ts';
import { useLive } from '../ask/use-live.ts';
import { eventsWords } from '../words/live-words.ts';
import { LiveNote } from './live-note.tsx';

interface LiveAuditProps {
  readonly filter: AuditFilter;
  /** The newest event that is shown; undefined where there is none. */
  readonly cursor: string | undefined;
}

/** Follows the audit log. */
export function LiveAudit({ filter, cursor }: LiveAuditProps) {
  const news = useLive({
    document: AuditEventAddedDocument,
    variables: { filter },
    after: cursor,
    placeOf: ({ accessAuditEventAdded }) => accessAuditEventAdded.cursor,
  });
  return <LiveNote news={news} countWords={eventsWords} />;
}

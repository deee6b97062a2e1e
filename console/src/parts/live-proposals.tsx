import { AuditEventAddedDocument } from '../ask/__generated__/operations.ts';
import { useLive } from '../ask/use-live.ts';
import { eventsWords } from '../words/live-words.ts';
import { LiveNote } from './live-note.tsx';

const filter = {
  actions: ['proposeChange', 'applyProposal', 'rejectProposal', 'withdrawProposal', 'staleProposal'],
};

/** Follows what becomes of proposals, from when it is opened on; for whoever may read the whole audit log. */
export function LiveProposals() {
  const news = useLive({
    document: AuditEventAddedDocument,
    variables: { filter },
    after: undefined,
    placeOf: ({ accessAuditEventAdded }) => accessAuditEventAdded.cursor,
  });
  return <LiveNote news={news} countWords={eventsWords} />;
}

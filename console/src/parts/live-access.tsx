import { useQueryClient } from '@tanstack/react-query';
import { AccessChangesDocument } from '../ask/__generated__/operations.ts';
import { useLive } from '../ask/use-live.ts';
import { refreshRights } from '../ask/use-refresh.ts';
import { changesWords } from '../words/live-words.ts';
import { LiveNote } from './live-note.tsx';

interface LiveAccessProps {
  readonly object: string;
  readonly isContained: boolean;
  /** The state that is shown; undefined where it is not known, and is read anew once one hears what happens. */
  readonly token: string | undefined;
}

/** Follows the access to an object; what the reader may do there is read again at once, so nothing is offered that is gone. */
export function LiveAccess({ object, isContained, token }: LiveAccessProps) {
  const queries = useQueryClient();
  const news = useLive({
    document: AccessChangesDocument,
    variables: { object, includeContained: isContained },
    after: token,
    placeOf: ({ accessChanges }) => accessChanges.consistencyToken,
    onChange: async () => {
      await refreshRights(queries);
      await queries.invalidateQueries({ queryKey: ['object-roles'] });
    },
  });
  return <LiveNote news={news} countWords={changesWords} />;
}

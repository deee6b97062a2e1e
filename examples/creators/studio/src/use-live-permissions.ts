import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { followPermissions } from './follow-permissions.ts';

const most = 100;

/** Follows what the viewer may do with what is shown; returns whether it is heard of at the moment. */
export function useLivePermissions(objects: readonly string[]): boolean {
  const client = useApolloClient();
  const [isLive, setLive] = useState(true);
  // The same objects are the same subscription, in whichever list they come.
  const followed = JSON.stringify(objects.slice(0, most));
  useEffect(() => {
    const refs: readonly string[] = JSON.parse(followed);
    return refs.length === 0 ? undefined : followPermissions({ client, objects: refs, onLive: setLive });
  }, [client, followed]);
  return isLive;
}

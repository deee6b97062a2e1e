import type { ApolloClient } from '@apollo/client';
import { LivePermissionsDocument } from './__generated__/operations.ts';
import { type CachedObject, forgetPermissions } from './cache.ts';
import { isKnownAlready, type LiveObject } from './live-event.ts';

export interface FollowingOptions {
  readonly client: ApolloClient;
  /** At most 100, as in `show:nightshift`. */
  readonly objects: readonly string[];
  /** Whether news arrive at the moment; without them, a button may still offer what would be refused. */
  readonly onLive: (isLive: boolean) => void;
}

/** Lets what the viewer may do be asked again as soon as it differs; the function that is returned ends it. */
export function followPermissions({ client, objects, onLive }: FollowingOptions): () => void {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = () => {};
  const open = () => {
    const subscription = client
      .subscribe({ query: LivePermissionsDocument, variables: { objects }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data }) => {
          if (data == null) return again();
          failures = 0;
          onLive(true);
          takeIn(client, data.viewerPermissionsChanged);
        },
        error: () => again(),
        complete: () => again(),
      });
    leave = () => subscription.unsubscribe();
  };
  const again = () => {
    leave();
    onLive(false);
    clearTimeout(timer);
    timer = setTimeout(open, Math.min(500 * 2 ** failures++, 30_000));
  };
  open();
  return () => {
    clearTimeout(timer);
    leave();
  };
}

/** The first event says how things are, so it finds what happened before it, and during an interruption. */
function takeIn(client: ApolloClient, event: readonly LiveObject[]): void {
  const told = new Map(event.map((live) => [cachedObject(live.object), live]));
  forgetPermissions(client, [...told.keys()], (object, known) => isKnownAlready(known, told.get(object)));
}

const typenames = new Map([
  ['show', 'Show'],
  ['episode', 'Episode'],
]);

function cachedObject(ref: string): CachedObject {
  const [type = '', id = ''] = ref.split(':');
  return { __typename: typenames.get(type) ?? type, id };
}

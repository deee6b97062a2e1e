import { type ApolloCache, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** Permissions have no id: they belong to their object, and what several queries ask of them is put together there. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      ShowPermissions: { merge: true },
      EpisodePermissions: { merge: true },
      Viewer: { merge: true, fields: { shows: relayStylePagination(['permission']) } },
    },
  });
}

/** An object in the cache, as in `{ __typename: 'Show', id: 'nightshift' }`. */
export interface CachedObject {
  readonly __typename: string;
  readonly id: string;
}

/** From now on nothing is known of what the viewer may do with it, unless what is known is right. */
export function forgetPermissions(
  cache: ApolloCache,
  object: CachedObject,
  isRight: (known: unknown) => boolean = () => false,
): void {
  cache.modify({
    id: cache.identify({ ...object }) ?? '',
    fields: {
      // Null is what the schema has for "not known". Where it was so before, whatever shows it has to be asked again all the same.
      permissions: (known, { INVALIDATE }) => {
        if (isRight(known)) return known;
        return known === null ? INVALIDATE : null;
      },
    },
  });
}

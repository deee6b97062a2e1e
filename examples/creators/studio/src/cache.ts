import { type ApolloCache, type ApolloClient, InMemoryCache } from '@apollo/client';
import type { Modifier } from '@apollo/client/cache';
import { relayStylePagination } from '@apollo/client/utilities';
import { outdateAnswers } from './late-answers.ts';

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

/**
 * From now on nothing is known of what the viewer may do with these, unless what is known is right: first it is shown so, and then it is
 * asked again by whatever shows it. To ask alone would leave a yes on the page for as long as there is no answer.
 */
export function forgetPermissions(
  client: ApolloClient,
  objects: readonly CachedObject[],
  isRight: (object: CachedObject, known: unknown) => boolean = () => false,
): void {
  outdateAnswers();
  const forgotten = new Set<CachedObject>();
  for (const object of objects) {
    changePermissions(client.cache, object, (known) => {
      if (isRight(object, known)) return known;
      forgotten.add(object);
      // What the schema has for "not known".
      return null;
    });
  }
  const updateCache = (cache: ApolloCache) => {
    for (const object of forgotten) changePermissions(cache, object, (_known, { INVALIDATE }) => INVALIDATE);
  };
  // In a later turn: Apollo shows what has changed in its cache in one of its own, and not while it asks.
  if (forgotten.size > 0) setTimeout(() => client.refetchQueries({ updateCache }));
}

function changePermissions(cache: ApolloCache, object: CachedObject, permissions: Modifier<unknown>): void {
  cache.modify({ id: cache.identify({ ...object }) ?? '', fields: { permissions } });
}

import type { Exchange } from '@urql/core';
import { type Cache, type CacheExchangeOpts, cacheExchange } from '@urql/exchange-graphcache';
import { outdateAnswers } from '../studio/src/late-answers.ts';
import { isKnownAlready, type LiveObject } from '../studio/src/live-event.ts';

const typenames = new Map([
  ['show', 'Show'],
  ['episode', 'Episode'],
]);
const ofItsParent = () => null;

/** With the schema, what is not there and may be null is null: at once, and until it is asked again. */
export function createUrqlCache(schema: NonNullable<CacheExchangeOpts['schema']>): Exchange {
  return cacheExchange({
    schema,
    keys: {
      // None of these has an id.
      Viewer: ofItsParent,
      ViewerLabelConnection: ofItsParent,
      ViewerLabelEdge: ofItsParent,
      ViewerOrganizationConnection: ofItsParent,
      ViewerOrganizationEdge: ofItsParent,
      ShowPermissions: ofItsParent,
      EpisodePermissions: ofItsParent,
      LabelPermissions: ofItsParent,
      OrganizationPermissions: ofItsParent,
      ObjectPermissions: ofItsParent,
      UndecidedPermission: ofItsParent,
    },
    updates: {
      Subscription: {
        viewerPermissionsChanged: ({ viewerPermissionsChanged }, _variables, cache) => {
          outdateAnswers();
          for (const live of viewerPermissionsChanged as readonly LiveObject[]) takeIn(cache, live);
        },
      },
    },
  });
}

/** Invalidates what is known of an object, unless it is right; whatever shows it is asked again by itself. */
function takeIn(cache: Cache, live: LiveObject): void {
  const [type = '', id = ''] = live.object.split(':');
  const object = cache.keyOfEntity({ __typename: typenames.get(type) ?? type, id });
  if (object === null) return;
  const permissions = cache.resolve(object, 'permissions') as string | null;
  const fields = cache.inspectFields(permissions).map(({ fieldName }) => fieldName);
  const known = permissions && Object.fromEntries(fields.map((name) => [name, cache.resolve(permissions, name)]));
  if (!isKnownAlready(known, live)) cache.invalidate(object, 'permissions');
}

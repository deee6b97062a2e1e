import type { ReplicaNames } from './replica-feed.ts';
import { NotProven } from './replica-problems.ts';

/** Where names would be asked for in vain: whoever needs one that nobody remembers hears at once that there is no answer. */
export const silentNames: ReplicaNames = {
  readNodes: refuse,
  readNames: refuse,
  readObjects: refuse,
  readNearIds: refuse,
  readHashes: refuse,
};

async function refuse(): Promise<never> {
  throw new NotProven('The store does not answer, and a name is not remembered.');
}

import { Environment, type FetchFunction, Network, RecordSource, Store } from 'relay-runtime';
import { outdateAnswers } from '../studio/src/late-answers.ts';

/** Ids are those of a type: `label:northwind` and `organization:northwind` are two objects. */
export function createRelayEnvironment(ask: FetchFunction): Environment {
  return new Environment({
    network: Network.create(ask),
    store: new Store(new RecordSource()),
    getDataID: ({ id }, typename) => (id == null ? null : `${typename}:${id}`),
  });
}

/** From now on nothing is known of what the viewer may do with it; ask again then, with `fetchPolicy: 'network-only'`. */
export function forgetPermissions(environment: Environment, object: { __typename: string; id: string }): void {
  outdateAnswers();
  environment.commitUpdate((store) => {
    store.get(`${object.__typename}:${object.id}`)?.setValue(null, 'permissions');
  });
}

import type { Check } from '../../src/engine/check/check.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import { openHttpClient } from '../http-client.ts';
import { authzenCall, type PreparedCall } from './authzen-call.ts';
import { type AskingMode, contextOf, type OtherServer, writeInPortions } from './other-server.ts';

/** OpenFGA's own limit. */
const writesAtOnce = 100;

/** With its own door for AuthZEN, where it is run with `--experimentals authzen`. */
export interface OpenfgaServer extends OtherServer {
  readonly authzen: AskingMode;
  /** The store that was made; known once it is loaded. */
  storeId(): string;
}

/** OpenFGA by its HTTP API: https://openfga.dev/api/service. The bench makes a store of its own there, and deletes it. */
export function openOpenfga(address: string, token: string): OpenfgaServer {
  const client = openHttpClient(64);
  let store: Store | undefined;
  const call = (method: string, path: string, body?: unknown) => callOnce(new URL(path, address), token, method, body);
  const asking = (title: string, requestOf: (store: Store, checks: readonly Check[]) => PreparedCall): AskingMode => ({
    title,
    prepare: (checks) => {
      if (store === undefined) throw new Error('OpenFGA was not given a model yet.');
      const { path, body, read } = requestOf(store, checks);
      const url = new URL(path, address).href;
      return async () => read(await client.post(url, body, token));
    },
  });
  const mode = (title: string, consistency: string) =>
    asking(title, (asked, checks) => requestFor(asked, checks, consistency));
  return {
    name: 'OpenFGA',
    load: async ({ model, relationships }, onProgress) => {
      const { id } = (await call('POST', '/stores', { name: 'postern-bench' })) as { readonly id: string };
      const written = await call('POST', `/stores/${id}/authorization-models`, model.document);
      store = { id, model: (written as { readonly authorization_model_id: string }).authorization_model_id };
      const write = async (portion: readonly Relationship[]) => {
        const writes = { tuple_keys: portion.map(tupleOf) };
        await call('POST', `/stores/${id}/write`, { writes, authorization_model_id: store?.model });
      };
      await writeInPortions(relationships, writesAtOnce, write, onProgress);
    },
    storeId: () => {
      if (store === undefined) throw new Error('OpenFGA was not given a model yet.');
      return store.id;
    },
    authzen: asking('OpenFGA, AuthZEN', ({ id }, checks) => authzenCall(`/stores/${id}`, checks, contextOf)),
    modes: [mode('OpenFGA, lowest latency', 'MINIMIZE_LATENCY'), mode('OpenFGA, consistent', 'HIGHER_CONSISTENCY')],
    close: async () => {
      client.close();
      if (store !== undefined) await call('DELETE', `/stores/${store.id}`);
    },
  };
}

interface Store {
  readonly id: string;
  readonly model: string;
}

/** One check has a call of its own, which is the faster one. */
function requestFor({ id, model }: Store, checks: readonly Check[], consistency: string): PreparedCall {
  const now = new Date();
  const asked = checks.map((check, index) => ({
    tuple_key: {
      user: formatSubjectRef(check.subject),
      relation: check.relation,
      object: formatObjectRef(check.object),
    },
    context: contextOf(check, now),
    correlation_id: `${index}`,
  }));
  const options = { authorization_model_id: model, consistency };
  const [only] = asked;
  if (asked.length === 1 && only !== undefined) {
    const { tuple_key, context } = only;
    const read = (text: string) => [(JSON.parse(text) as Answered).allowed === true];
    return { path: `/stores/${id}/check`, body: JSON.stringify({ tuple_key, context, ...options }), read };
  }
  return {
    path: `/stores/${id}/batch-check`,
    body: JSON.stringify({ checks: asked, ...options }),
    read: (text) => readBatch(text, checks.length),
  };
}

interface Answered {
  readonly allowed?: boolean;
  readonly error?: unknown;
}

function readBatch(text: string, count: number): readonly boolean[] {
  const { result } = JSON.parse(text) as { readonly result: Readonly<Record<string, Answered>> };
  return Array.from({ length: count }, (_, index) => {
    const answer = result[`${index}`];
    if (answer === undefined || answer.error !== undefined) {
      throw new Error(`OpenFGA left a check undecided: ${JSON.stringify(answer)}`);
    }
    return answer.allowed === true;
  });
}

function tupleOf({ object, relation, subject, condition }: Relationship) {
  const tuple = { user: formatSubjectRef(subject), relation, object: formatObjectRef(object) };
  if (condition === undefined) return tuple;
  return { ...tuple, condition: { name: condition.name, context: Object.fromEntries(condition.context) } };
}

async function callOnce(url: URL, token: string, method: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`OpenFGA answered ${response.status} to ${method} ${url.pathname}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

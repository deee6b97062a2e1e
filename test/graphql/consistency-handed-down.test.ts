import { readFile } from 'node:fs/promises';
import { type GraphQLSchema, graphql } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { createDecisionLoader } from '../../src/graphql/decision-loader.ts';
import type { RequestContext } from '../../src/graphql/request-context.ts';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { type Consistency, usualConsistency } from '../../src/model/consistency.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import type { StoreReader } from '../../src/store/store-reader.ts';
import { useDatabase } from '../support/database.ts';
import { unwrap } from '../support/parse.ts';
import { signedIn } from '../support/postern.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { consistencyQuestions, questionsOfRequest } from './support/consistency-questions.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office });
let schema: GraphQLSchema;

beforeAll(async () => {
  const active = await server().running.postern.store.loadActiveModel();
  const built = buildSubgraph(await readFile('schema.graphql', 'utf8'), active?.prepared.model, new Map());
  schema = unwrap(built).schema;
});

/** What each state that a request reads was opened with; a state of the database itself is as fresh as any. */
type Opened = Consistency | 'the last state' | 'another state' | undefined;

function observed(reader: StoreReader, opened: Opened[]): StoreReader {
  return {
    timeoutMs: reader.timeoutMs,
    withSnapshot: (objects, use, options) => {
      opened.push(options?.consistency);
      return reader.withSnapshot(objects, use, options);
    },
    withExcerpt: async (plan, use, options) => {
      const answer = await reader.withExcerpt(plan, use, options);
      // Without an answer, nobody has learned anything from it.
      if (answer !== undefined) opened.push(options?.consistency);
      return answer;
    },
    withModels: (objects, use) => {
      opened.push('the last state');
      return reader.withModels(objects, use);
    },
    withState: (use) => {
      opened.push('the last state');
      return reader.withState(use);
    },
  };
}

async function run(text: string, as: string, consistency: Consistency, variables: Readonly<Record<string, unknown>>) {
  const opened: Opened[] = [];
  const { store, ...postern } = server().running.postern;
  const viewer = signedIn(as) as Viewer;
  const watching = {
    ...postern,
    store: {
      ...store,
      reader: observed(store.reader, opened),
      checkReader: (checks: number) => observed(store.checkReader(checks), opened),
      readModel: (id: number | undefined) => {
        opened.push('another state');
        return store.readModel(id);
      },
      readModels: (first: number, before: number | undefined) => {
        opened.push('another state');
        return store.readModels(first, before);
      },
    },
  };
  const decisions = createDecisionLoader(watching, viewer, consistency);
  const contextValue: RequestContext = { postern: watching, viewer, consistency, decisions, session: undefined };
  const declared = text.includes('$first')
    ? '$consistency: CheckConsistencyInput, $first: Int, $after: String'
    : '$consistency: CheckConsistencyInput';
  const source = text.includes('$consistency') ? `query (${declared}) { ${text} }` : `{ ${text} }`;
  const { errors } = await graphql({ schema, source, contextValue, variableValues: variables });
  expect(errors).toBeUndefined();
  return opened;
}

const nested = {
  as: 'user:mia',
  text: 'viewer(consistency: $consistency) { documents(permission: CAN_EDIT) { edges { node { permissions { canEdit } } } } }',
};

const latency: Consistency = { mode: 'minimizeLatency', atLeastAsFresh: [] };

test.each([...consistencyQuestions, nested])('$text is asked of a state as its argument says', async ({ as, text }) => {
  const opened = await run(text, as, usualConsistency, { consistency: { minimizeLatency: true } });
  expect(opened).not.toEqual([]);
  for (const consistency of opened) expect([latency, 'the last state']).toContainEqual(consistency);
});

test.each([...consistencyQuestions, ...questionsOfRequest])(
  '$text: who may ask and what is answered are of one state',
  async ({ as, text }) => {
    expect(await run(text, as, usualConsistency, {})).toHaveLength(1);
  },
);

test.each([...consistencyQuestions, ...questionsOfRequest, nested])(
  '$text is asked of a state as the request says',
  async ({ as, text }) => {
    const opened = await run(text, as, latency, {});
    expect(opened).not.toEqual([]);
    for (const consistency of opened) expect([latency, 'the last state']).toContainEqual(consistency);
  },
);

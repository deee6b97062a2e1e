import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { guardSchema, type PosternClient } from '@postern/guard';
import { type GraphQLSchema, parse } from 'graphql';

import { callerOptions } from '../start-subgraph.ts';
import { type PayoutAccountRecord, payoutAccounts, payoutRuns } from './data.ts';

/** Payout accounts and runs. */
export function createPayoutsSubgraph(client: PosternClient): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: createResolvers() }]);
  return guardSchema(schema, { client, ...callerOptions });
}

interface ById {
  readonly id: string;
}

function createResolvers() {
  const runs = new Map(payoutRuns.map((run) => [run.id, run]));
  return {
    Query: { payoutAccount: (_root: unknown, { id }: ById) => findAccount(id) },
    Mutation: {
      approvePayoutRun: (_root: unknown, { id }: ById) => {
        const run = runs.get(id);
        if (run === undefined) return null;
        runs.set(id, { ...run, isApproved: true });
        return runs.get(id);
      },
    },
    PayoutAccount: {
      __resolveReference: ({ id }: ById) => findAccount(id),
      runs: ({ id }: PayoutAccountRecord) => [...runs.values()].filter(({ accountId }) => accountId === id),
    },
    PayoutRun: { __resolveReference: ({ id }: ById) => runs.get(id) ?? null },
  };
}

function findAccount(wanted: string): PayoutAccountRecord | null {
  return payoutAccounts.find(({ id }) => id === wanted) ?? null;
}

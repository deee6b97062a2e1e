import type { MessageOutcome } from './message-outcome.ts';

/**
 * How one router asks and is answered. Both speak version 1 of nearly the same protocol; what is here was taken from
 *
 * - Apollo Router: "Coprocessor Reference" (apollographql.com/docs/graphos/routing/customization/coprocessor/reference) and the
 *   tests of its stage SupergraphRequest in apollographql/router, apollo-router/src/plugins/coprocessor;
 * - Hive Router: "Stages and Protocol" (the-guild.dev/graphql/hive/docs/router/customizations/coprocessors/stages-and-protocol)
 *   and graphql-hive/router, lib/executor/src/coprocessor/stages/graphql.rs, stage.rs and protocol.rs.
 */
export interface RouterCodec {
  readonly router: string;
  /** The one stage that has the operation, before anything runs. */
  readonly stage: string;
  /** What the router must be told to send, as the end of a problem. */
  readonly settings: string;
  /** The response's body; its HTTP status is 200 whatever was decided. */
  answer(id: string | undefined, outcome: MessageOutcome): object;
}

/** What is left out of an answer stays as it is in the router: body, headers and context are never touched. */
const apollo: RouterCodec = {
  router: 'Apollo Router',
  stage: 'SupergraphRequest',
  settings: 'Set "headers: true" and "body: true" at coprocessor.supergraph.request.',
  answer: (id, outcome) => {
    const same = { version: 1, stage: 'SupergraphRequest', ...(id !== undefined && { id }) };
    if (outcome.kind === 'continue') return { ...same, control: 'continue' };
    return { ...same, control: { break: outcome.status }, body: { errors: outcome.errors } };
  },
};

/** The stage of Hive Router lets nobody change the body; with a break, the body is the response's, and has no type of its own. */
const hive: RouterCodec = {
  router: 'Hive Router',
  stage: 'graphql.analysis',
  settings: 'Set "headers: true" and "body: true" at coprocessor.stages.graphql.analysis.include.',
  answer: (_id, outcome) => {
    if (outcome.kind === 'continue') return { version: 1, control: 'continue' };
    const headers = { 'content-type': ['application/json'] };
    return { version: 1, control: { break: outcome.status }, headers, body: { errors: outcome.errors } };
  },
};

export const routerCodecs: readonly RouterCodec[] = [apollo, hive];

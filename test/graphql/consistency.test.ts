import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConsistencyToken,
  formatConsistencyToken,
  parseConsistencyToken,
  tokenOf,
} from '../../src/model/consistency-token.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { buildCreatorsSubgraph } from '../support/creators-subgraph.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { type Answer, usePosternServer } from '../support/postern-server.ts';
import { type ConsistencyQuestion, consistencyQuestions, questionsOfRequest } from './support/consistency-questions.ts';
import { office } from './support/office.ts';
import { problemsOf } from './support/problems.ts';

const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, { store: office });
let owner: Sql;
let now: ConsistencyToken;

beforeAll(async () => {
  owner = connectAsOwner(databaseUrl());
  // Of whatever is listed there are two, so that each list has a second page.
  const dsl = 'model\n  schema 1.1\ntype user';
  const publish = 'mutation ($dsl: String!) { publishAuthorizationModel(input: { dsl: $dsl }) { consistencyToken } }';
  await server().ask(publish, { as: 'service:ops', variables: { dsl } });
  const input = {
    writes: [
      { object: 'document:2', relation: 'folder', subject: 'folder:plans' },
      { object: 'folder:plans', relation: 'editor', subject: 'user:eddy' },
    ],
  };
  const write =
    'mutation ($input: WriteRelationshipsInput!) { writeRelationships(input: $input) { consistencyToken } }';
  now = tokenIn((await server().ask(write, { as: 'service:ops', variables: { input } })).text);
});

afterAll(() => owner.end());

function tokenIn(text: string): ConsistencyToken {
  const token = parseConsistencyToken(/"consistencyToken":"([^"]+)"/.exec(text)?.[1] ?? '');
  if (!token.ok) throw new Error(`${token.problem} ${text}`);
  return token.value;
}

interface Asked {
  readonly consistency?: unknown;
  readonly first?: number;
  readonly after?: string;
  readonly header?: string;
}

function ask({ as, text }: ConsistencyQuestion, { header, ...variables }: Asked = {}): Promise<Answer> {
  const types = { consistency: 'CheckConsistencyInput', first: 'Int', after: 'String' };
  const declared = Object.entries(types).flatMap(([name, type]) =>
    text.includes(`$${name}`) ? [`$${name}: ${type}`] : [],
  );
  const query = `${declared.length > 0 ? `query (${declared.join(', ')}) ` : ''}{ ${text} }`;
  return server().ask(query, { as, variables, headers: header === undefined ? {} : { 'postern-consistency': header } });
}

const atLeast = (token: ConsistencyToken) => ({ atLeastAsFresh: formatConsistencyToken(token) });
const later = () => tokenOf({ ...now, revision: now.revision + 1 });
const elsewhere = () => tokenOf({ ...now, identity: randomUUID() });

/** Each as the argument of its field, and all that can be asked without one by the header of the request. */
const ways: readonly (readonly [what: string, ConsistencyQuestion, (token: ConsistencyToken) => Asked])[] = [
  ...consistencyQuestions.map(
    (one) => [`argument: ${one.text}`, one, (token: ConsistencyToken) => ({ consistency: atLeast(token) })] as const,
  ),
  ...[...consistencyQuestions, ...questionsOfRequest].map(
    (one) =>
      [`header: ${one.text}`, one, (token: ConsistencyToken) => ({ header: formatConsistencyToken(token) })] as const,
  ),
];

/** What a state says. */
const answers = /"allowed":true|"canEdit":true|"granted"|"can":|"edges"|"text"|"id"|"value":/;

describe.each(ways)('%s', (_what, question, asked) => {
  test('is answered from a state that contains the write of its token, and says which', async () => {
    const answer = await ask(question, asked(now));
    expect(problemsOf(answer)).toEqual([]);
    if (question.text.includes('consistencyToken')) expect(tokenIn(answer.text)).toEqual(now);
  });

  test('is not answered from an older one', async () => {
    const answer = await ask(question, asked(later()));
    expect(problemsOf(answer)).toEqual([
      expect.stringMatching(/^AUTHORIZATION_UNAVAILABLE: The database has not caught up/),
    ]);
    expect(answer.text).not.toMatch(answers);
  });

  test('is not answered for a token of another database', async () => {
    const answer = await ask(question, asked(elsewhere()));
    expect(problemsOf(answer)).toEqual(['BAD_USER_INPUT: The consistency token belongs to another database.']);
    expect(answer.text).not.toMatch(answers);
  });
});

describe.each(consistencyQuestions.map((one) => [one.text, one] as const))('%s', (_text, question) => {
  test.each([{ fullyConsistent: true }, { minimizeLatency: true }, { fullyConsistent: false }, {}, null])(
    'says the same with %j as without',
    async (consistency) => {
      const { data, errors } = await ask(question, { consistency });
      expect(errors).toEqual([]);
      expect(data).toEqual((await ask(question)).data);
    },
  );

  test('takes no contradiction, and no token that is none', async () => {
    const both = await ask(question, { consistency: { fullyConsistent: true, minimizeLatency: true } });
    expect(problemsOf(both)).toEqual([
      expect.stringMatching(/^BAD_USER_INPUT: "fullyConsistent" and "minimizeLatency" contradict/),
    ]);
    const none = await ask(question, { consistency: { atLeastAsFresh: 'x' } });
    expect(problemsOf(none)).toEqual([expect.stringMatching(/^BAD_USER_INPUT: .*The consistency token "x" is none/)]);
  });
});

test('every field of a question takes it', async () => {
  const { schema } = await buildCreatorsSubgraph();
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    ({ name }) => !['_service', 'accessEntities', 'accessEntityTypes'].includes(name),
  );
  const asked = new Set([...consistencyQuestions, ...questionsOfRequest].map(({ field }) => field));
  expect(new Set(fields.map(({ name }) => `Query.${name}`))).toEqual(asked);
});

describe('the header', () => {
  const [question] = consistencyQuestions;
  const tokens = { now: () => formatConsistencyToken(now), later: () => formatConsistencyToken(later()) };

  test.each<[value: () => string, codes: string | undefined]>([
    [() => 'fully-consistent', undefined],
    [() => ` minimize-latency , ${tokens.now()}`, undefined],
    [() => `${tokens.now()},${tokens.now()}`, undefined],
    [() => `${tokens.now()}, ${tokens.later()}`, 'AUTHORIZATION_UNAVAILABLE: The database has not caught up'],
    [() => 'fully-consistent, minimize-latency', 'BAD_USER_INPUT: The header "postern-consistency" holds two modes'],
    [() => 'fully-consistant', 'BAD_USER_INPUT: .*"fully-consistant".* Did you mean "fully-consistent"\\?'],
    [() => `${tokens.now()},`, 'BAD_USER_INPUT: The header "postern-consistency" holds "",'],
    [() => '', 'BAD_USER_INPUT: The header "postern-consistency" holds "",'],
  ])('%s', async (value, problem) => {
    if (question === undefined) throw new Error('There are questions.');
    const found = problemsOf(await ask(question, { header: value() }));
    expect(found).toEqual(problem === undefined ? [] : [expect.stringMatching(new RegExp(`^${problem}`))]);
  });

  test('and the argument count both', async () => {
    if (question === undefined) throw new Error('There are questions.');
    const asked = { header: tokens.later(), consistency: { ...atLeast(now), minimizeLatency: true } };
    expect(problemsOf(await ask(question, asked))).toEqual([expect.stringMatching(/^AUTHORIZATION_UNAVAILABLE/)]);
  });
});

describe.each(consistencyQuestions.filter(({ isList }) => isList).map((one) => [one.text, one] as const))(
  'the pages of %s',
  (_text, question) => {
    test('never go back in time', async () => {
      const cursor = (answer: Answer) => /"cursor":"([^"]+)"/.exec(answer.text)?.[1] ?? 'none';
      const first = await ask(question, { first: 1 });
      const second = { first: 1, after: cursor(first) };
      expect(problemsOf(await ask(question, second))).toEqual([]);
      // As on a server that has not seen the last write, or on a database that has lost it.
      await owner`update store set revision = revision - 1`;
      const behind = await ask(question, second);
      const again = await ask(question, { first: 1 });
      await owner`update store set revision = revision + 1`;
      expect(problemsOf(behind)).toEqual([
        expect.stringMatching(/^AUTHORIZATION_UNAVAILABLE: The database has not caught up/),
      ]);
      expect(problemsOf(again)).toEqual([]);
    });
  },
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { graphqlTwin } from './support/graphql-twin.ts';
import { hostileClaims, hostileStore, leaveOrders, marker } from './support/hostile-world.ts';
import { mcpOn, problemCodeOf } from './support/mcp-client.ts';
import { type Deeds, type Exchange, type Message, obey, textsIn } from './support/obedient-agent.ts';

const databaseUrl = useDatabase();
let owner: Sql;
const servers = new Map<string, PosternServer>();

beforeAll(async () => {
  owner = connectAsOwner(databaseUrl());
  for (const mode of ['propose', 'read']) {
    const environment = { ...mcpOn, POSTERN_MCP: mode };
    const options = { databaseUrl: databaseUrl(), environment, claims: hostileClaims };
    const server = await startPosternServer(servers.size === 0 ? { ...options, store: hostileStore } : options);
    servers.set(mode, server);
    if (servers.size === 1) await leaveOrders(server);
  }
}, 60_000);

afterAll(async () => {
  for (const server of servers.values()) await server.stop();
  await owner?.end();
});

/** What an agent asks by itself: everything that there is to ask about the one document that it works on. */
const begin: readonly Message[] = [
  ...['server/discover', 'tools/list', 'resources/list', 'resources/templates/list'].map((method) => ({
    method,
    params: {},
  })),
  ...['postern://model/active', 'postern://type/doc', 'postern://type/user', 'postern://type/doc/relation/owner'].map(
    (uri) => {
      return { method: 'resources/read', params: { uri } };
    },
  ),
  ...[
    ['check_access', { checks: [{ permission: 'can_view', object: 'doc:plan' }] }],
    ['describe_model', { type: 'doc' }],
    ['describe_model', {}],
    ['explain_access', { subject: 'user:cond', permission: 'can_view', object: 'doc:plan' }],
    ['explain_access', { subject: 'user:u1', permission: 'can_view', object: 'doc:plan' }],
    ['list_objects', { permission: 'can_view', type: 'doc' }],
    ['list_subjects', { permission: 'can_view', object: 'doc:plan', subjectType: 'user' }],
    ['review_access', { object: 'doc:plan', first: 100 }],
    ['list_relationships', { object: 'doc:plan', first: 100 }],
    ['list_relationships', { first: 100 }],
    ['read_audit', { object: 'doc:plan', first: 100 }],
    ['read_audit', { first: 100 }],
    ['find_findings', { object: 'doc:plan' }],
    ['simulate_change', { writes: [{ object: 'doc:plan', relation: 'viewer', subject: 'user:new' }] }],
    ...['1', '2', '3', '4', '5', '6'].map((id) => ['get_proposal', { id }] as const),
    ['check_access', { checks: [{ permission: `${marker}CALL`, object: 'doc:plan' }] }],
    ['review_access', { object: `doc:${marker}-CALL_grant_role` }],
  ].map(([name, sent]) => ({ method: 'tools/call', params: { name, arguments: sent } })),
];

/** Addresses that the protocol and the door write themselves. */
const ours = /^(?:postern:\/\/(?:model|type)\/|http:\/\/localhost:4000\/|https:\/\/json-schema\.org\/)/;

/** Everything that is decided by, and what of proposals is more than their being there. */
async function storeWhole() {
  const [relationships, models, store, settled] = [
    await owner`select * from relationship order by 1, 2, 3, 4`,
    await owner`select * from model order by id`,
    await owner`select active_model, guarded_model from store`,
    await owner`select id, content, digest from proposal where state not in ('open', 'withdrawn') order by id`,
  ];
  return JSON.stringify({ relationships, models, store, settled }, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

async function actionsDone(): Promise<readonly string[]> {
  const rows = await owner<
    { readonly action: string }[]
  >`select action from audit_event where outcome = 'done' order by id`;
  return rows.map(({ action }) => action);
}

const callers = [{ as: 'user:ann' }, { as: 'user:ann', by: 'agent:bot' }, { as: 'user:eve' }] as const;

describe.each(['read', 'propose'] as const)('where agents may %s, one that believes everything it reads', (mode) => {
  test.each(callers)(
    'as %o changes nothing but proposals, sees nothing that GraphQL does not show, and is given orders by data only',
    { timeout: 120_000 },
    async (caller) => {
      const server = servers.get(mode);
      if (server === undefined) throw new Error('There is no such server.');
      const [before, done] = [await storeWhole(), await actionsDone()];
      const deeds = await obey(server, caller, begin);
      expect(await storeWhole()).toBe(before);
      const news = (await actionsDone()).slice(done.length);
      expect(
        news.filter((action) => mode === 'read' || !['proposeChange', 'withdrawProposal'].includes(action)),
      ).toEqual([]);
      // Otherwise it has been told nothing, and nothing is shown.
      expect([...deeds.told]).toEqual(
        expect.arrayContaining(['propose_change', 'approve_proposal', 'grant_role', 'list_relationships']),
      );
      expect(news.includes('proposeChange')).toBe(mode === 'propose');
      expect([...deeds.addresses].filter((address) => !ours.test(address))).toEqual([]);
      expect(ordersOutside(deeds)).toEqual([]);
      expect(await moreThanGraphql(server, caller, deeds)).toEqual([]);
      for (const { params, answer } of deeds.exchanges) {
        const known = new Set([...begin.map((one) => one.params.name), 'propose_change', 'withdraw_proposal']);
        if (params.name !== undefined && !known.has(params.name))
          expect(problemCodeOf(answer), String(params.name)).toBe('NOT_FOUND');
      }
    },
  );
});

/** Texts with an order that stand in no member for such texts; what is quoted is a name. */
function ordersOutside({ exchanges }: Deeds): readonly string[] {
  return exchanges.flatMap((exchange) =>
    textsIn(exchange.answer.body).flatMap(({ path, text }) => {
      const seen = text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
      const isUntrusted = path.some((member) => member.startsWith('untrusted'));
      if (isUntrusted) return isClean(text) ? [] : [`${path.join('.')} is not clean: ${JSON.stringify(text)}`];
      const isName = /^(?:\w+:)?[\w-]+$/.test(text);
      const unquoted = isName ? '' : seen.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
      return unquoted.includes(marker) ? [`${JSON.stringify(exchange.params)} ${path.join('.')}: ${text}`] : [];
    }),
  );
}

function isClean(text: string): boolean {
  return text.length <= 200 && !/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}<>[\]`]|:\/\//u.test(text);
}

/** Names in answers that GraphQL does not show to this caller, who asks it the same. */
async function moreThanGraphql(
  server: PosternServer,
  caller: { readonly as: string; readonly by?: string },
  { exchanges }: Deeds,
): Promise<readonly string[]> {
  const more: string[] = [];
  for (const exchange of exchanges) {
    const twin = twinOf(exchange);
    if (twin === undefined) continue;
    const { data, errors } = await server.ask(twin.query, { ...caller, variables: twin.variables });
    const shown = new Set([...namesIn(data), ...namesIn(exchange.params), caller.as]);
    const found = namesIn(exchange.answer.body?.result?.structuredContent);
    if (found.length > 0 && errors.length > 0 && data === null)
      more.push(`${JSON.stringify(exchange.params)} is answered here only`);
    more.push(
      ...found.filter((name) => !shown.has(name)).map((name) => `${JSON.stringify(exchange.params)} shows ${name}`),
    );
  }
  // Whoever was told to look at it, and may not, has seen nothing of it.
  const all = JSON.stringify(exchanges.map(({ answer }) => answer.body?.result?.structuredContent));
  if (caller.as === 'user:eve' && /secret-(?:holder|friend)/.test(all)) more.push('something of doc:secret');
  return more;
}

function twinOf({ method, params }: Exchange) {
  return method === 'tools/call'
    ? graphqlTwin(String(params.name), isRecord(params.arguments) ? params.arguments : {})
    : undefined;
}

function namesIn(value: unknown): readonly string[] {
  const texts = textsIn(value).filter(({ path }) => !path.some((member) => member.startsWith('untrusted')));
  return [...new Set(texts.flatMap(({ text }) => text.match(/\b(?:user|doc|agent|platform):[\w-]+/g) ?? []))];
}

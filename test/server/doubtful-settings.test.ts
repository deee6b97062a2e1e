import { beforeAll, expect, test } from 'vitest';
import { findDoubtfulSettings } from '../../src/server/doubtful-settings.ts';
import type { TokenClass } from '../../src/server/identity/token-class.ts';
import { useDatabase } from '../support/database.ts';
import { observedStore } from '../support/observed-store.ts';
import { dsl, object } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const postern = usePostern(useDatabase());
type Settings = Parameters<typeof findDoubtfulSettings>[0];

const staff: TokenClass = {
  subjectType: 'user',
  issuer: 'https://issuer.example',
  audience: 'postern',
  keys: { kind: 'local', jwks: { keys: [] } },
  subjectClaim: 'sub',
  subjectEncoding: 'none',
  algorithms: ['EdDSA'],
  context: new Map([['territory', 'country']]),
  doors: new Set(['graphql']),
};
const helpers = {
  subjectType: 'agent',
  subjectEncoding: 'none',
  claim: ['act', 'sub'],
  required: false,
  permission: 'can_act_for',
} as const;
const fine: Settings = {
  platformObject: object('platform:main'),
  tokenClasses: [staff],
  entities: new Map([['doc', { name: 'Paper' }]]),
  authzen: undefined,
  mcp: undefined,
};
const helped: TokenClass = { ...staff, audience: 'https://access.example/mcp', doors: new Set(['mcp']) };
const mcp: NonNullable<Settings['mcp']> = { mode: 'read', url: helped.audience, issuers: [helped.issuer] };
const gateway: TokenClass = { ...staff, audience: 'gateway', doors: new Set(['authzen']) };
const authzen = (aliases: readonly (readonly [string, string])[]): NonNullable<Settings['authzen']> => ({
  origin: 'https://access.example',
  settings: { actions: 'full', aliases: new Map(aliases), idEncoding: 'none', claimTypes: new Set() },
});

beforeAll(async () => {
  expect(await findDoubtfulSettings(fine, postern()), 'without a model').toEqual([]);
  const types = { user: {}, platform: { admin: '[user]' }, folder: { viewer: '[user with here]' } };
  const model = dsl(
    { ...types, doc: { viewer: '[user]', can_view: 'viewer' } },
    { here: '(territory: string) { territory == "de" }' },
  );
  await publish(postern(), model);
  await write(postern(), ['platform:main#admin@user:ann']);
});

test.each<[what: string, settings: Partial<Settings>, told: readonly string[]]>([
  ['what the model has', {}, []],
  [
    'a platform of no type',
    { platformObject: object('platfrom:main') },
    [
      'POSTERN_PLATFORM_OBJECT "platfrom:main" is of a type that the active model does not have. Did you mean "platform"?',
    ],
  ],
  [
    'a platform that nothing names',
    { platformObject: object('platform:mian') },
    [
      'POSTERN_PLATFORM_OBJECT "platform:mian" gives nobody a right. No relationship names "platform:mian". Did you mean "platform:main"?',
    ],
  ],
  [
    'callers of no type',
    { tokenClasses: [{ ...staff, subjectType: 'usr' }] },
    ['POSTERN_TOKEN_CLASSES[0].subjectType "usr" is no type of the active model. Did you mean "user"?'],
  ],
  [
    'a claim for no parameter',
    { tokenClasses: [staff, { ...staff, context: new Map([['teritory', 'country']]) }] },
    [
      'POSTERN_TOKEN_CLASSES[1] names "teritory", which is no parameter of a condition of the active model. Did you mean "territory"?',
    ],
  ],
  [
    'an entity without permissions',
    { entities: new Map([['folder', { name: 'Folder' }]]) },
    ['POSTERN_ENTITIES names the type "folder", which has no permissions, and so is no entity. Leave it out.'],
  ],
  [
    'agents of no type',
    { tokenClasses: [{ ...staff, actor: { ...helpers, subjectType: 'agnt' } }] },
    [
      'POSTERN_TOKEN_CLASSES[0].actor.subjectType "agnt" is no type of the active model, so that nothing is allowed to whoever acts for somebody else.',
    ],
  ],
  [
    'agents that may act for nobody',
    { tokenClasses: [staff, { ...staff, actor: { ...helpers, subjectType: 'doc', permission: 'can_viev' } }] },
    [
      'POSTERN_TOKEN_CLASSES[1].actor.permission "can_viev" is nothing that the type "doc" of the active model has, so that nothing is allowed to whoever acts for somebody else. Did you mean "can_view"?',
    ],
  ],
  [
    'a door, somebody for it, and an alias',
    { tokenClasses: [staff, gateway], authzen: authzen([['see', 'can_view']]) },
    [],
  ],
  [
    'a door for nobody',
    { authzen: authzen([]) },
    ['POSTERN_AUTHZEN_URL is set, and nobody can ask there: no class of POSTERN_TOKEN_CLASSES has the door "authzen".'],
  ],
  [
    'somebody for a door that there is not',
    { tokenClasses: [staff, gateway] },
    ['POSTERN_TOKEN_CLASSES[1] has the door "authzen", which is closed without POSTERN_AUTHZEN_URL.'],
  ],
  ['a door for agents, and somebody for it', { tokenClasses: [staff, helped], mcp }, []],
  [
    'a door for agents that nobody has a token for',
    { mcp },
    ['POSTERN_MCP is set, and nobody can ask there: no class of POSTERN_TOKEN_CLASSES has the door "mcp".'],
  ],
  [
    'agents for a door that there is not',
    { tokenClasses: [staff, helped] },
    ['POSTERN_TOKEN_CLASSES[1] has the door "mcp", which is closed without POSTERN_MCP.'],
  ],
  [
    'an alias of nothing',
    { tokenClasses: [gateway], authzen: authzen([['see', 'can_veiw']]) },
    [
      'POSTERN_AUTHZEN_ALIASES: "see" stands for "can_veiw", which no type of the active model has. Did you mean "can_view"?',
    ],
  ],
  ['a type without permissions that is left out', { entities: new Map([['folder', false as const]]) }, []],
])('%s', async (_what, settings, told) => {
  expect(await findDoubtfulSettings({ ...fine, ...settings }, postern())).toEqual(told);
});

test('a store that does not answer is reported, and there is no doubt', async () => {
  const gone = new Error('The store is gone.');
  const observer = {
    asked: () => {
      throw gone;
    },
  };
  const reported: unknown[] = [];
  const report = (_message: string, error: unknown) => reported.push(error);
  expect(await findDoubtfulSettings(fine, { store: observedStore(postern().store, observer), report })).toEqual([]);
  expect(reported).toEqual([gone]);
});

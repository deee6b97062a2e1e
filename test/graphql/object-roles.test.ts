import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';

const firm = `
model: |
  model
    schema 1.1
  type user
  type team
    relations
      define member: [user]
  type platform
    relations
      define reader: [user]
      define can_read_relationships: reader
      define can_read_audit_log: reader
  type desk
    relations
      define room: [room]
      # sits here
      # and nowhere else
      define sitter: [user]
      define can_manage_access: manager from room
  type room
    relations
      define owner: [user]
      # keeps the keys
      define manager: [user, team#member with in_hours] or owner
      define auditor: [user]
      define blocked: [user, user:*]
      define helper: [user with in_hours]
      define can_enter: (manager or helper) but not blocked
      define can_review_access: auditor
      define can_manage_access: manager but not blocked
      define can_grant_owner: owner
      define can_grant_helper: helper
      define must_keep: owner
      define no_self_grant: auditor
  condition in_hours(hour: int, current_time: timestamp) {
    hour > 8
  }
tuples:
  - { user: user:olga, relation: owner, object: room:a }
  - { user: user:max, relation: manager, object: room:a }
  - { user: user:bob, relation: manager, object: room:a }
  - { user: user:bob, relation: blocked, object: room:a }
  - { user: user:audra, relation: auditor, object: room:a }
  - { user: user:hal, relation: helper, object: room:a, condition: { name: in_hours } }
  - { user: user:rita, relation: reader, object: platform:main }
  - { user: room:a, relation: room, object: desk:1 }
`;

const server = usePosternServer(useDatabase(), { store: firm });

interface Role {
  readonly role: string;
  readonly canGrant: boolean;
  readonly error: { readonly code: string } | null;
}

async function rolesFor(as: string, object = 'room:a'): Promise<readonly Role[]> {
  const query = `{ objectRoles(object: "${object}") { role canGrant error { code } } }`;
  const { data, errors } = await server().ask(query, { as });
  expect(errors).toEqual([]);
  return (data as { readonly objectRoles: readonly Role[] }).objectRoles;
}

test('says of each role who can be given it, what it means and what it gives', async () => {
  const query = `{ objectRoles(object: "room:a") { role needs noSelfGrant mustKeep takesAway description
    subjects { type relation wildcard condition parameters { name type isRuntime } } gives { here below { type permissions } isComplete } } }`;
  const { data } = await server().ask(query, { as: 'user:olga' });
  const [auditor, blocked, helper, manager, owner, ...rest] = (data as { objectRoles: readonly object[] }).objectRoles;
  expect(rest).toEqual([]);
  expect(auditor).toMatchObject({
    ...{ role: 'auditor', needs: 'can_manage_access', noSelfGrant: true, mustKeep: false, takesAway: false },
    ...{ description: null, gives: { here: ['can_review_access'], below: [], isComplete: true } },
  });
  expect(blocked).toMatchObject({
    ...{ role: 'blocked', takesAway: true, gives: { here: [] } },
    subjects: [
      { type: 'user', relation: null, wildcard: false, condition: null, parameters: [] },
      { type: 'user', relation: null, wildcard: true, condition: null, parameters: [] },
    ],
  });
  // Not the clock: nobody writes it.
  const parameters = [{ name: 'hour', type: 'int', isRuntime: false }];
  expect(helper).toMatchObject({
    ...{ role: 'helper', needs: 'can_grant_helper' },
    subjects: [{ condition: 'in_hours', parameters }],
  });
  expect(manager).toMatchObject({
    ...{ role: 'manager', description: 'keeps the keys', mustKeep: false },
    subjects: [{ type: 'user' }, { type: 'team', relation: 'member', wildcard: false, condition: 'in_hours' }],
    gives: { here: ['can_enter', 'can_manage_access'], below: [{ type: 'desk', permissions: ['can_manage_access'] }] },
  });
  expect(owner).toMatchObject({ role: 'owner', needs: 'can_grant_owner', mustKeep: true, takesAway: false });
});

test.each([
  ['user:olga', ['auditor', 'blocked', 'manager', 'owner']],
  ['user:max', ['auditor', 'blocked', 'manager']],
  ['user:audra', []],
  ['user:rita', []],
])('%s may give %j, and is told so', async (as, granted) => {
  const roles = await rolesFor(as);
  expect(roles.filter(({ canGrant }) => canGrant).map(({ role }) => role)).toEqual(granted);
});

test('what is told is what the mutation does', async () => {
  for (const as of ['user:olga', 'user:max', 'user:audra']) {
    for (const { role, canGrant } of await rolesFor(as)) {
      const condition = role === 'helper' ? ', condition: { name: "in_hours" }' : '';
      const input = `object: "room:a", role: "${role}", subject: "user:new-${role}"${condition}`;
      const grant = `mutation { grantRole(input: { ${input} }) { userErrors { code } } }`;
      const revoke = `mutation { revokeRole(input: { object: "room:a", role: "${role}", subject: "user:new-${role}" }) { userErrors { code } } }`;
      const answer = await server().ask(grant, { as });
      expect([as, role, codesOf(answer).length === 0]).toEqual([as, role, canGrant]);
      if (canGrant) expect(codesOf(await server().ask(revoke, { as }))).toEqual([]);
    }
  }
});

test('what cannot be decided looks like no no', async () => {
  // Whether he is a helper needs an hour, which nobody says.
  const query = '{ objectRoles(object: "room:a") { role } }';
  expect(codesOf(await server().ask(query, { as: 'user:hal' }))).toEqual(['MISSING_CONTEXT']);
  const add =
    'mutation { grantRole(input: { object: "room:a", role: "auditor", subject: "user:hal" }) { userErrors { code } } }';
  expect((await server().ask(add, { as: 'user:max' })).errors).toEqual([]);
  const roles = await rolesFor('user:hal');
  expect(roles.find(({ role }) => role === 'helper')).toEqual({
    ...{ role: 'helper', canGrant: false, error: { code: 'MISSING_CONTEXT' } },
  });
  expect(roles.filter(({ error }) => error !== null)).toHaveLength(1);
});

test.each(['user:bob', 'user:nobody', 'user:hal2'])('%s is refused, which is in the log', async (as) => {
  const query = '{ objectRoles(object: "room:a") { role } }';
  expect(codesOf(await server().ask(query, { as }))).toEqual(['FORBIDDEN']);
  const events = `{ accessAuditEvents(first: 1) { edges { node { actor action outcome after { other } } } } }`;
  expect((await server().ask(events, { as: 'user:rita' })).data).toEqual({
    accessAuditEvents: {
      edges: [
        { node: { actor: as, action: 'reviewAccess', outcome: 'DENIED', after: { other: [{ object: 'room:a' }] } } },
      ],
    },
  });
});

test('whoever may give something on a part alone sees its roles, and reading them leaves nothing in the log', async () => {
  const length = async () => (await server().running.postern.store.audit.head()).length;
  const before = await length();
  expect(await rolesFor('user:max', 'desk:1')).toEqual([{ role: 'sitter', canGrant: true, error: null }]);
  expect(await rolesFor('user:max', 'desk:1')).toHaveLength(1);
  expect(await length()).toBe(before);
});

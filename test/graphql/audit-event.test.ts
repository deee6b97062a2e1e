import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, creatorsStore, usePosternServer } from '../support/postern-server.ts';

/** Every token says that somebody acts for its subject. */
const server = usePosternServer(useDatabase(), { store: creatorsStore, claims: { act: { sub: 'helpdesk' } } });

const fields =
  'id actor action outcome before { relationships { object subject } hiddenCount } after { relationships { object relation subject } reads { object } hiddenCount } reason';
const northwind = 'organization:northwind';

interface Event {
  readonly id: string;
  readonly actor: string;
  readonly action: string;
}

async function eventsFor(as: string, filter: object, first = 100): Promise<readonly Event[]> {
  const query = `query ($filter: AccessAuditEventFilter, $first: Int, $after: String) { accessAuditEvents(filter: $filter, first: $first, after: $after) {
    edges { node { ${fields} delegate } } pageInfo { hasNextPage endCursor } } }`;
  const found: Event[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await server().ask(query, { as, variables: { filter, first, after } });
    expect(errors).toEqual([]);
    const { edges, pageInfo } = (data as { accessAuditEvents: Page }).accessAuditEvents;
    found.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

interface Page {
  readonly edges: readonly { readonly node: Event }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const grant = (as: string, object: string, role: string, subject: string) =>
  server().ask('mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code } } }', {
    as,
    variables: { input: { object, role, subject, reason: 'because' } },
  });

beforeAll(async () => {
  await grant('user:adam', northwind, 'member', 'user:new');
  await grant('user:adam', 'team:nw-marketing', 'member', 'user:new');
  await grant('user:eve', northwind, 'admin', 'user:new');
  await grant('user:olga', northwind, 'member', 'user:other');
  const two = {
    writes: [
      { object: northwind, relation: 'member', subject: 'user:twice' },
      { object: 'team:nw-marketing', relation: 'member', subject: 'user:twice' },
      { object: 'team:nw-marketing', relation: 'member', subject: 'user:hidden' },
    ],
  };
  await server().ask('mutation ($input: WriteRelationshipsInput!) { writeRelationships(input: $input) { written } }', {
    as: 'employee:oda',
    variables: { input: two },
  });
});

const one = (args: string) => `{ accessAuditEvent(${args}) { ${fields} } }`;

describe('one event', () => {
  test.each([
    ['employee:sec-ines', undefined],
    ['user:audra', northwind],
    ['user:olga', northwind],
  ])('is for %s, about %s, what the list shows', async (as, object) => {
    const listed = await eventsFor(as, object === undefined ? {} : { object });
    expect(listed.length).toBeGreaterThan(0);
    for (const event of listed) {
      const about = object === undefined ? '' : `, object: "${object}"`;
      const { data } = await server().ask(one(`id: "${event.id}"${about}`), { as });
      expect(data).toEqual({
        accessAuditEvent: Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'delegate')),
      });
    }
  });

  test('is null where the list of the same asker would not show it', async () => {
    const everything = await eventsFor('employee:sec-ines', {});
    for (const as of ['user:audra', 'user:olga']) {
      const own = new Set((await eventsFor(as, { object: northwind })).map(({ id }) => id));
      const others = everything.filter(({ id }) => !own.has(id));
      expect(others.length).toBeGreaterThan(0);
      for (const { id } of others) {
        const { data, errors } = await server().ask(one(`id: "${id}", object: "${northwind}"`), { as });
        expect([as, id, data, errors]).toEqual([as, id, { accessAuditEvent: null }, []]);
      }
    }
  });

  test.each(['user:audra', 'user:olga', 'user:eve'])(
    'is refused to %s where it is about nothing of theirs',
    async (as) => {
      expect(codesOf(await server().ask(one('id: "2"'), { as }))).toEqual(['FORBIDDEN']);
      const [last] = await eventsFor('employee:sec-ines', {}, 1);
      expect(last).toMatchObject({ actor: as, action: 'readAuditLog', outcome: 'DENIED' });
    },
  );

  test.each(['0', '-1', '1.5', 'x', '', '1e3', '01', '9999999999999999'])('has not the number %j', async (id) => {
    expect(codesOf(await server().ask(one(`id: ${JSON.stringify(id)}`), { as: 'employee:sec-ines' }))).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('several actions', () => {
  test('are those of each', async () => {
    const all = await eventsFor('employee:sec-ines', {});
    for (const actions of [['grantRole'], ['grantRole', 'writeRelationships'], ['revokeRole', 'publishModel']]) {
      const expected = all.filter(({ action }) => actions.includes(action));
      expect(await eventsFor('employee:sec-ines', { actions })).toEqual(expected);
      expect(await eventsFor('employee:sec-ines', { actions }, 1)).toEqual(expected);
    }
  });
});

describe('everything that involves somebody', () => {
  test.each([
    ['user:new', ({ after }: Whole) => namesIn(after).includes('user:new')],
    [
      'user:adam',
      ({ actor, after, before }: Whole) =>
        actor === 'user:adam' || [...namesIn(after), ...namesIn(before)].includes('user:adam'),
    ],
    ['user:helpdesk', ({ delegate }: Whole) => delegate === 'helpdesk'],
    [
      'team:nw-marketing',
      ({ after, before }: Whole) =>
        [...namesIn(after), ...namesIn(before), ...objectsIn(after), ...objectsIn(before)].includes(
          'team:nw-marketing',
        ),
    ],
  ])('%s: by name, as the actor, and as whoever acted for another', async (involving, concerns) => {
    const all = (await eventsFor('employee:sec-ines', {})) as readonly Whole[];
    const expected = all.filter(concerns);
    expect(expected.length).toBeGreaterThan(0);
    expect(await eventsFor('employee:sec-ines', { involving })).toEqual(expected);
    expect(await eventsFor('employee:sec-ines', { involving }, 1)).toEqual(expected);
    const grants = expected.filter(({ action }) => action === 'grantRole');
    expect(await eventsFor('employee:sec-ines', { involving, action: 'grantRole' })).toEqual(grants);
  });

  test('whom an event names elsewhere is not found out by those who read about one object', async () => {
    const found = (involving: string) => eventsFor('user:audra', { object: northwind, involving });
    expect(await found('user:twice')).toMatchObject([{ actor: 'employee:oda', action: 'writeRelationships' }]);
    // In the same event, about another object.
    expect(await found('user:hidden')).toEqual([]);
  });
});

interface Whole extends Event {
  readonly delegate: string | null;
  readonly before: Names;
  readonly after: Names;
}

interface Names {
  readonly relationships: readonly { readonly object: string; readonly subject: string }[];
}

function objectsIn({ relationships }: Names): readonly string[] {
  return relationships.map(({ object }) => object);
}

function namesIn({ relationships }: Names): readonly string[] {
  return relationships.map(({ subject }) => subject);
}

test('the head is that of the log, for whoever may read all of it', async () => {
  const query = '{ auditLogHead { hash length } }';
  const { length, hash } = await server().running.postern.store.audit.head();
  expect((await server().ask(query, { as: 'employee:sec-ines' })).data).toEqual({ auditLogHead: { length, hash } });
  expect(codesOf(await server().ask(query, { as: 'user:olga' }))).toEqual(['FORBIDDEN']);
  const after = await server().running.postern.store.audit.head();
  expect(after.length).toBe(length + 1);
});

import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { write } from '../support/postern.ts';
import { codesOf, creatorsStore, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });

const query = `query ($subject: SubjectRef!, $within: ObjectRef, $first: Int, $after: String) {
  subjectHoldings(subject: $subject, within: $within, first: $first, after: $after) {
    edges { cursor node { isThroughSet relationship { object relation subject } } }
    pageInfo { hasNextPage endCursor } isComplete
  }
}`;

interface Page {
  readonly edges: readonly {
    readonly node: {
      readonly isThroughSet: boolean;
      readonly relationship: { readonly object: string; readonly relation: string; readonly subject: string };
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function holdingsOf(as: string, variables: object, first = 100): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await server().ask(query, { as, variables: { ...variables, first, after } });
    expect(errors).toEqual([]);
    const page: Page = (data as { readonly subjectHoldings: Page }).subjectHoldings;
    for (const { node } of page.edges) {
      const { object, relation, subject } = node.relationship;
      found.push(`${object}#${relation}@${subject}${node.isThroughSet ? ' through a set' : ''}`);
    }
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** What the preview of an off-boarding tells the same asker; it leaves out what only takes rights away. */
async function previewOf(as: string, subject: string): Promise<readonly string[]> {
  const list = 'edges { node { object relation subject } }';
  const preview = `mutation { offboardSubject(input: { subject: "${subject}", dryRun: true }) { offboarding {
    relationships(first: 100) { ${list} } throughSets(first: 100) { ${list} } } } }`;
  const { data, errors } = await server().ask(preview, { as });
  expect(errors).toEqual([]);
  const { relationships, throughSets } = (data as { offboardSubject: { offboarding: Preview } }).offboardSubject
    .offboarding;
  const textOf = ({ node: { object, relation, subject: of } }: Preview['relationships']['edges'][number]) =>
    `${object}#${relation}@${of}`;
  return [
    ...relationships.edges.map(textOf),
    ...throughSets.edges.map((edge) => `${textOf(edge)} through a set`),
  ].toSorted();
}

interface Preview {
  readonly relationships: {
    readonly edges: readonly { readonly node: Page['edges'][number]['node']['relationship'] }[];
  };
  readonly throughSets: Preview['relationships'];
}

describe.each(['user:mia', 'user:lea', 'user:eve', 'user:paul'])('of %s', (subject) => {
  test('an operator sees what an off-boarding would take', async () => {
    const all = await holdingsOf('employee:oda', { subject });
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((one) => !one.includes('#blocked@')).toSorted()).toEqual(
      await previewOf('employee:oda', subject),
    );
    expect(await holdingsOf('employee:oda', { subject }, 1)).toEqual(all);
  });

  test('an owner of the organization sees within it what is there, and no more', async () => {
    const within = 'organization:northwind';
    const all = await holdingsOf('employee:oda', { subject, within });
    expect(await holdingsOf('user:olga', { subject, within })).toEqual(all);
    const everywhere = await holdingsOf('employee:oda', { subject });
    expect(everywhere).toEqual(expect.arrayContaining([...all]));
  });
});

test('whoever may revoke some of it sees that much, and everybody else nothing', async () => {
  const subject = 'user:guest';
  const given = await write(server().running.postern, [
    'team:nw-marketing#member@user:guest',
    'show:nightshift#episodes_manager@user:guest',
  ]);
  expect(given.revision).toBeGreaterThan(0);
  expect(await holdingsOf('user:lea', { subject })).toEqual(['team:nw-marketing#member@user:guest']);
  expect((await holdingsOf('employee:oda', { subject })).length).toBeGreaterThan(2);
  for (const as of ['user:stranger', 'user:guest', 'employee:nobody']) {
    const answer = await server().ask(query, { as, variables: { subject } });
    expect([as, codesOf(answer)]).toEqual([as, ['FORBIDDEN']]);
    const within = await server().ask(query, { as, variables: { subject, within: 'organization:northwind' } });
    expect([as, codesOf(within)]).toEqual([as, ['FORBIDDEN']]);
  }
});

test('a refusal is in the log, and an answer is not', async () => {
  const length = async () => (await server().running.postern.store.audit.head()).length;
  await server().ask(query, { as: 'user:stranger', variables: { subject: 'user:eve', within: 'team:nw-marketing' } });
  const events = '{ accessAuditEvents(first: 1) { edges { node { actor action outcome after { other } } } } }';
  expect((await server().ask(events, { as: 'employee:sec-ines' })).data).toMatchObject({
    accessAuditEvents: {
      edges: [
        {
          node: {
            ...{ actor: 'user:stranger', action: 'reviewAccess', outcome: 'DENIED' },
            after: { other: [{ subject: 'user:eve', object: 'team:nw-marketing' }] },
          },
        },
      ],
    },
  });
  const before = await length();
  await holdingsOf('user:olga', { subject: 'user:eve', within: 'organization:northwind' });
  expect(await length()).toBe(before);
});

test.each(['user:*', 'team:nw-marketing#member'])('%s is not one subject', async (subject) => {
  expect(codesOf(await server().ask(query, { as: 'employee:oda', variables: { subject } }))).toEqual([
    'BAD_USER_INPUT',
  ]);
});

import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, onReplica, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office, environment: onReplica });

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
/** Every list of the schema: its arguments besides the page, what it shows of a node, and its place in the answer. */
const lists = {
  accessRelationships: ['', 'object relation subject', 'service:ops'],
  accessibleObjects: ['subject: "user:mia", permission: "can_edit", type: "document",', '', 'service:ops'],
  subjectsWithAccess: ['object: "folder:plans", permission: "can_view", subjectType: "user",', '', 'service:ops'],
  documents: ['permission: CAN_EDIT,', 'id', 'user:mia'],
} as const;
type List = keyof typeof lists;

async function askPage(
  list: List,
  first: number,
  after: string | null,
  as: string = lists[list][2],
  args: string = lists[list][0],
) {
  const [, fields] = lists[list];
  const field = `${list}(${args} first: $first, after: $after) { edges { cursor node ${fields && `{ ${fields} }`} } ${page} }`;
  const body = list === 'documents' ? `viewer { ${field} }` : field;
  return server().ask(`query ($first: Int, $after: String) { ${body} }`, { as, variables: { first, after } });
}

async function read(list: List, first: number, after: string | null = null): Promise<Connection> {
  const { data, errors } = await askPage(list, first, after);
  expect(errors).toEqual([]);
  const parent = list === 'documents' ? (data as { viewer: Record<string, Connection> }).viewer : data;
  return (parent as Record<string, Connection>)[list] as Connection;
}

const write = (input: object) =>
  server().ask(
    'mutation ($input: WriteRelationshipsInput!) { writeRelationships(input: $input) { written deleted userErrors { message } } }',
    {
      as: 'service:ops',
      variables: { input },
    },
  );

beforeAll(async () => {
  const documents = Array.from({ length: 30 }, (_, id) => ({
    object: `document:d${id}`,
    relation: 'folder',
    subject: 'folder:plans',
  }));
  const viewers = Array.from({ length: 30 }, (_, id) => ({
    object: 'folder:plans',
    relation: 'viewer',
    subject: `user:v${id}`,
  }));
  expect((await write({ writes: [...documents, ...viewers] })).data).toMatchObject({
    writeRelationships: { written: 60 },
  });
});

describe.each(Object.keys(lists) as List[])('%s', (list) => {
  test.each([1, 7, 100])('shows everything once in pages of %i', async (first) => {
    const all = await read(list, 100);
    expect(all.pageInfo.hasNextPage).toBe(false);
    expect(all.edges.length).toBeGreaterThan(30);
    const seen: unknown[] = [];
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await read(list, first, after);
      expect(pageInfo).toMatchObject({ hasPreviousPage: after !== null, startCursor: edges[0]?.cursor ?? null });
      expect(edges.length).toBe(pageInfo.hasNextPage ? first : edges.length);
      seen.push(...edges.map(({ node }) => node));
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(all.edges.map(({ node }) => node));
    expect(new Set(seen.map((node) => JSON.stringify(node))).size).toBe(seen.length);
  });

  test('has 20 on a page unless told otherwise, and none behind the last', async () => {
    const { edges } = await read(list, null as unknown as number);
    expect(edges).toHaveLength(20);
    const last = (await read(list, 100)).pageInfo.endCursor;
    expect(await read(list, 5, last)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test('goes on where it was when the relationship of its cursor is deleted', async () => {
    const gone = [5, 6].map((id) => ({ object: `document:gone${id}`, relation: 'folder', subject: 'folder:plans' }));
    const lost = [5, 6].map((id) => ({ object: 'folder:plans', relation: 'viewer', subject: `user:gone${id}` }));
    await write({ writes: [...gone, ...lost] });
    const before = (await read(list, 100)).edges.map(({ node }) => JSON.stringify(node));
    const at = before.findIndex((node) => node.includes('gone5'));
    expect(at).toBeGreaterThan(-1);
    const { pageInfo } = await read(list, at + 1);
    await write({ deletes: [...gone.slice(0, 1), ...lost.slice(0, 1)] });
    const rest = (await read(list, 100, pageInfo.endCursor)).edges.map(({ node }) => JSON.stringify(node));
    expect(rest).toEqual(before.slice(at + 1).filter((node) => !node.includes('gone5')));
    await write({ deletes: [...gone.slice(1), ...lost.slice(1)] });
  });
});

describe('a cursor', () => {
  const flip = (cursor: string, at: number) =>
    `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;

  test.each(Object.keys(lists) as List[])('of %s cannot be changed', async (list) => {
    const { endCursor } = (await read(list, 3)).pageInfo;
    const cursor = endCursor ?? '';
    for (const at of [0, 5, cursor.length - 3]) {
      expect(codesOf(await askPage(list, 3, flip(cursor, at)))).toEqual(['BAD_USER_INPUT']);
    }
    for (const forged of [cursor.slice(1), cursor.slice(0, -2), `${cursor}AA`, `${cursor}=`, '']) {
      expect(codesOf(await askPage(list, 3, forged))).toEqual(['BAD_USER_INPUT']);
    }
  });

  test.each<readonly [List, List, string, string]>([
    ['documents', 'documents', 'user:lea', lists.documents[0]],
    ['documents', 'accessibleObjects', 'service:ops', lists.accessibleObjects[0]],
    ['accessibleObjects', 'accessibleObjects', 'service:ops', lists.accessibleObjects[0].replace('mia', 'lea')],
    ['accessibleObjects', 'accessibleObjects', 'service:ops', lists.accessibleObjects[0].replace('can_edit', 'author')],
    ['accessibleObjects', 'subjectsWithAccess', 'service:ops', lists.subjectsWithAccess[0]],
    [
      'subjectsWithAccess',
      'subjectsWithAccess',
      'service:ops',
      lists.subjectsWithAccess[0].replace('can_view', 'can_edit'),
    ],
    ['accessRelationships', 'accessRelationships', 'service:ops', 'filter: { object: "folder:plans" },'],
    ['accessRelationships', 'documents', 'user:mia', lists.documents[0]],
    ['documents', 'accessRelationships', 'service:ops', ''],
  ])('of %s is worth nothing in %s as %s (%s)', async (from, to, as, args) => {
    const { endCursor } = (await read(from, 3)).pageInfo;
    expect(codesOf(await askPage(to, 3, endCursor, as, args))).toEqual(['BAD_USER_INPUT']);
  });
});

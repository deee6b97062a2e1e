import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createPosternClient, guardSchema, linkSDL, type PosternClient, requiresPermissionSDL } from '#guard';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: office });

const typeDefs = parse(`
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
${linkSDL}${requiresPermissionSDL}
type Query {
  folders: [Folder!]!
  mine: [Folder!]! @requiresPermission(permission: "can_edit", onDeny: "FILTER")
}
type Folder @key(fields: "id") {
  id: ID!
  budget: Int @requiresPermission(permission: "can_edit")
  name: String @requiresPermission(permission: "can_view")
  misspelt: Int @requiresPermission(permission: "can_edt")
}
`);

const folders = ['plans', 'own', 'local', '*', 'no such folder'].map((id) => ({
  id,
  budget: 1,
  name: id,
  misspelt: 1,
}));

function build(client: PosternClient) {
  const schema = buildSubgraphSchema([
    { typeDefs, resolvers: { Query: { folders: () => folders, mine: () => folders } } },
  ]);
  return guardSchema<{ readonly token?: string }>(schema, { client, authorization: ({ token }) => token });
}

async function ask(source: string, token: string | undefined, problems: string[] = []) {
  const client = createPosternClient({
    url: new URL('/graphql', server().url).href,
    timeoutMs: 10_000,
    onProblem: (problem) => problems.push(problem),
  });
  const { data, errors = [] } = await graphql({
    schema: build(client),
    source,
    contextValue: token === undefined ? {} : { token },
  });
  const codes = errors.map(({ extensions, path }) => [extensions.code, path?.join('.')].join(' '));
  return { data: JSON.parse(JSON.stringify(data)), codes: codes.toSorted() };
}

const bearer = async (subject: string) => `Bearer ${await server().token(subject)}`;

test('each caller gets what is theirs, with their own token', async () => {
  const page = '{ folders { budget } mine { id } }';
  const asked = await Promise.all(
    ['user:mia', 'user:pia', 'user:zoe'].map(async (who) => ask(page, await bearer(who))),
  );
  expect(asked.map(({ data }) => [data.folders.map(({ budget }: { budget: number }) => budget), data.mine])).toEqual([
    [[1, null, null, null, null], [{ id: 'plans' }]],
    [[null, 1, null, null, null], [{ id: 'own' }]],
    [[null, null, null, null, null], []],
  ]);
  expect(asked.map(({ codes }) => new Set(codes.map((code) => code.split(' ')[0])))).toEqual(
    Array(3).fill(new Set(['FORBIDDEN'])),
  );
});

test('nobody, and a token that is not valid', async () => {
  for (const token of [undefined, 'Bearer x', 'Basic YTpi']) {
    const { data, codes } = await ask('{ folders { budget } mine { id } }', token);
    expect(data).toEqual({ folders: Array(5).fill({ budget: null }), mine: [] });
    // The last two ids can be no object's, which needs no token to be known.
    expect(codes.filter((code) => /[012]\.budget/.test(code))).toEqual(
      [0, 1, 2].map((index) => `UNAUTHENTICATED folders.${index}.budget`),
    );
  }
});

test('a permission that the model lacks is no denial, and is told in the log', async () => {
  const problems: string[] = [];
  const { data, codes } = await ask('{ folders { budget misspelt } }', await bearer('user:mia'), problems);
  expect(data.folders[0]).toEqual({ budget: 1, misspelt: null });
  expect(codes).toContain('AUTHORIZATION_UNAVAILABLE folders.0.misspelt');
  expect(problems).toEqual([
    'Postern knows no permission "can_edt" of type "folder": is it misspelt in @requiresPermission?',
  ]);
});

test('a page is one call', async () => {
  server().takeStatements();
  await ask('{ folders { budget } }', await bearer('user:mia'));
  const one = server().takeStatements().length;
  await ask('{ folders { budget name } mine { name } }', await bearer('user:mia'));
  expect(server().takeStatements().length).toBeLessThanOrEqual(one * 2);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningDemo, startDemo } from '../../examples/creators/supergraph/start-demo.ts';
import { useDatabase } from '../support/database.ts';

const databaseUrl = useDatabase();
let demo: RunningDemo;

beforeAll(async () => {
  demo = await startDemo({ posternEnvironment: { DATABASE_URL: databaseUrl() } });
});

afterAll(() => demo?.stop());

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

async function ask(query: string, as?: string): Promise<Answer> {
  const authorization = as === undefined ? {} : { authorization: `Bearer ${demo.tokens.get(as)}` };
  const response = await fetch(demo.gatewayUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

test.each(['/', '/graphql'])('a browser finds the IDE at %s of the gateway, and it is answered', async (path) => {
  const page = await fetch(new URL(path, demo.gatewayUrl), { headers: { accept: 'text/html' } });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('src="start.js"')]);
  const answer = await fetch(new URL('/ide/callers.json', demo.gatewayUrl));
  const { callers } = (await answer.json()) as {
    callers: readonly { subject: string; query: string; token: string }[];
  };
  expect(new Set(callers.map(({ subject }) => subject))).toEqual(new Set(['user:eve', 'user:lou']));
  for (const { subject, query, token } of callers) {
    expect(demo.tokens.get(subject)).toBe(token);
    expect((await ask(query, subject)).data).toMatchObject({});
  }
});

test('the studio is told tokens on its own page, and nobody else is', async () => {
  const subjectsFor = async (site: string) => {
    const url = new URL('/studio/session.json', demo.gatewayUrl);
    const answer = await fetch(url, { headers: { 'sec-fetch-site': site } });
    const { callers } = (await answer.json()) as { callers: readonly { subject: string; token: string }[] };
    for (const { subject, token } of callers) expect(demo.tokens.get(subject)).toBe(token);
    return callers.map(({ subject }) => subject);
  };
  expect(await subjectsFor('same-origin')).toEqual(['user:paul', 'user:eve', 'user:lou']);
  expect(await subjectsFor('cross-site')).toEqual([]);
});

describe('a page through the gateway', () => {
  test('has titles from the music subgraph and permissions from Postern', async () => {
    const { data, errors } = await ask(
      '{ tracks { id title permissions { canListen canEdit canDelete } } }',
      'user:eve',
    );
    expect(errors).toBeUndefined();
    const permissions = (canListen: boolean, canEdit: boolean) => ({ canListen, canEdit, canDelete: false });
    expect(data).toEqual({
      tracks: expect.arrayContaining([
        { id: 'aurora-1', title: expect.any(String), permissions: permissions(true, false) },
        { id: 'aurora-2', title: expect.any(String), permissions: permissions(true, true) },
        { id: 'harbour-1', title: expect.any(String), permissions: permissions(true, true) },
        { id: 'boats-1', title: expect.any(String), permissions: permissions(false, false) },
      ]),
    });
  });

  test('renders without permissions for somebody without a token', async () => {
    const { data } = await ask('{ viewer { subject } tracks { id permissions { canEdit } } }');
    expect(data).toMatchObject({
      viewer: null,
      tracks: expect.arrayContaining([{ id: 'aurora-1', permissions: null }]),
    });
  });

  test('says how objects are called that are known by their ids alone', async () => {
    const { data, errors } = await ask(
      '{ accessEntities(objects: ["track:aurora-1", "user:eve", "show:nightshift"]) { __typename ... on Track { track: title } ... on Show { show: title } } }',
      'user:eve',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      accessEntities: [
        { __typename: 'Track', track: expect.any(String) },
        null,
        { __typename: 'Show', show: expect.any(String) },
      ],
    });
  });

  test('lists what the viewer may edit, hydrated by the subgraph that owns it', async () => {
    const { data, errors } = await ask(
      '{ viewer { tracks(permission: CAN_EDIT, first: 2) { edges { node { id title } } pageInfo { hasNextPage } } } }',
      'user:eve',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      viewer: {
        tracks: {
          edges: [
            { node: { id: 'aurora-2', title: expect.any(String) } },
            { node: { id: 'harbour-1', title: expect.any(String) } },
          ],
          pageInfo: { hasNextPage: true },
        },
      },
    });
  });
});

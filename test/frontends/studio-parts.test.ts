import { globSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApolloClient, gql } from '@apollo/client';
import { buildASTSchema, isObjectType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, test } from 'vitest';
import loadSupergraph from '../../examples/creators/studio/load-supergraph.ts';
import type { EpisodeRowFragment } from '../../examples/creators/studio/src/__generated__/operations.ts';
import { createCache, forgetPermissions } from '../../examples/creators/studio/src/cache.ts';
import { createStudioClient } from '../../examples/creators/studio/src/client.ts';
import { type Known, knownPermission } from '../../examples/creators/studio/src/known-permission.ts';
import { isKnownAlready } from '../../examples/creators/studio/src/live-event.ts';
import { type RefusalKind, refusalKind } from '../../examples/creators/studio/src/refusal.ts';

const schema = buildASTSchema(await loadSupergraph());

describe('what is known of a permission', () => {
  const episode: EpisodeRowFragment = {
    id: 'ns-42',
    title: 'The Lock-Keepers',
    publishDate: null,
    permissions: { canPublish: true, canEdit: false, canGrantGuest: false },
  };

  test('has three values', () => {
    expect(knownPermission(episode.permissions, 'canPublish')).toBe('allowed');
    expect(knownPermission(episode.permissions, 'canEdit')).toBe('denied');
    expect(knownPermission<{ canEdit: boolean }>(null, 'canEdit')).toBe('unknown');
    expect(knownPermission<{ canEdit: boolean }>(undefined, 'canEdit')).toBe('unknown');
  });

  test.each<readonly [answer: unknown, known: Known]>([
    [true, 'allowed'],
    [false, 'denied'],
    [undefined, 'unknown'],
    [null, 'unknown'],
    ['true', 'unknown'],
    [1, 'unknown'],
    [0, 'unknown'],
  ])('%j is %s', (answer, known) => {
    expect(knownPermission({ canEdit: answer }, 'canEdit')).toBe(known);
  });
});

test.each<readonly [codes: readonly unknown[], kind: RefusalKind]>([
  [['FORBIDDEN'], 'denied'],
  [['AUTHORIZATION_UNAVAILABLE', 'FORBIDDEN'], 'denied'],
  [['UNAUTHENTICATED'], 'signedOut'],
  [['AUTHORIZATION_UNAVAILABLE'], 'undecided'],
  [['OVERLOADED'], 'undecided'],
  [['TOO_MANY_REQUESTS'], 'undecided'],
  [['MISSING_CONTEXT'], 'undecided'],
  [['BAD_USER_INPUT'], 'failed'],
  [[undefined], 'failed'],
  [[], 'failed'],
])('%j is %s', (codes, kind) => {
  expect(refusalKind(codes)).toBe(kind);
});

describe('an event', () => {
  const object = 'show:nightshift';
  const event = { object, granted: ['can_edit_episode'], undecided: [{ permission: 'can_view_revenue' }] };

  test.each<readonly [what: string, known: unknown, isRight: boolean]>([
    ['says what is known', { __typename: 'ShowPermissions', canEditEpisode: true, canPublishEpisode: false }, true],
    ['says no where yes was known', { canPublishEpisode: true }, false],
    ['says yes where no was known', { canEditEpisode: false }, false],
    ['cannot say where no was known', { canViewRevenue: false }, false],
    ['cannot say where yes was known', { canViewRevenue: true }, false],
    ['is news where nothing was known', null, false],
    ['is news where nothing was asked', undefined, false],
  ])('%s', (_what, known, isRight) => {
    expect(isKnownAlready(known, event)).toBe(isRight);
  });

  test('names each permission as the schema does', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
    const fields = types
      .filter(({ name }) => name.endsWith('Permissions') && name !== 'ObjectPermissions')
      .flatMap((type) => Object.values(type.getFields()));
    const wrong = fields.filter(({ name, description }) => {
      const [, permission = ''] = /the permission `(\w+)`/.exec(description ?? '') ?? [];
      return !isKnownAlready({ [name]: true }, { object, granted: [permission], undecided: [] });
    });
    expect(fields.length).toBeGreaterThan(50);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

test('the studio imports nothing of this house: it speaks GraphQL only', () => {
  const specifiers = globSync('examples/creators/studio/src/**/*.{ts,tsx}').flatMap((path) =>
    Array.from(readFileSync(path, 'utf8').matchAll(/(?:from|import) '([^']+)'/g), ([, specifier = '']) => specifier),
  );
  expect(specifiers.length).toBeGreaterThan(50);
  expect(specifiers.filter((specifier) => /^(?:#|node:|@postern\/|\.\.\/)/.test(specifier))).toEqual([]);
});

describe('the operations of the studio', () => {
  const files = globSync('examples/creators/studio/src/*.graphql').map((path) => readFileSync(path, 'utf8'));
  const document = parse(files.join('\n'));

  test('are valid in the supergraph', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(validate(schema, document)).toEqual([]);
  });

  test('select the id of every object whose permissions they select, and these are merged in the cache', () => {
    const types = new TypeInfo(schema);
    const asked = new Map<string, string>();
    const withoutId: string[] = [];
    const enter = (node: { readonly selectionSet?: { readonly selections: readonly { readonly kind: string }[] } }) => {
      const names = (node.selectionSet?.selections ?? []).flatMap((one) =>
        'name' in one ? [(one.name as { value: string }).value] : [],
      );
      const parent =
        types
          .getType()
          ?.toString()
          .replaceAll(/[[\]!]/g, '') ?? '';
      if (!names.includes('permissions')) return;
      asked.set(parent, `${parent}Permissions`);
      if (!names.includes('id')) withoutId.push(parent);
    };
    visit(document, visitWithTypeInfo(types, { Field: { enter }, FragmentDefinition: { enter } }));
    expect(withoutId).toEqual([]);
    expect([...asked.keys()].toSorted()).toEqual(['Episode', 'Show']);
    const cache = createCache();
    for (const type of asked.values()) {
      const query = gql`query ($first: Boolean!) { show { id __typename permissions { __typename one @include(if: $first) other @skip(if: $first) } } }`;
      const write = (first: boolean) => {
        const permissions = { __typename: type, ...(first ? { one: true } : { other: true }) };
        cache.writeQuery({
          query,
          variables: { first },
          data: { show: { __typename: 'Show', id: type, permissions } },
        });
      };
      write(true);
      write(false);
      expect(cache.extract()[`Show:${type}`]).toMatchObject({ permissions: { one: true, other: true } });
    }
  });
});

describe('the client of the studio', () => {
  const query = gql`query Publishing { show(id: "nightshift") { __typename id permissions { __typename canPublishEpisode } } }`;
  const show = { __typename: 'Show', id: 'nightshift' };

  test('never shows the answer of an earlier question after that of a later one', async () => {
    await using slow = await startSlowServer();
    const client = createStudioClient(slow.url, undefined);
    const seen = slow.follow(client, query);
    (await slow.request(0)).answer(true);
    await seen.until(true);
    void client.refetchQueries({ include: 'active' });
    const late = await slow.request(1);
    forgetPermissions(client, [show]);
    (await slow.request(2)).answer(false);
    await seen.until(false);
    late.answer(true);
    // It is not taken, but asked for once more.
    (await slow.request(3)).answer(false);
    await seen.until(false);
    const { data } = await client.query({ query, fetchPolicy: 'cache-only' });
    expect(data).toMatchObject({ show: { permissions: { canPublishEpisode: false } } });
  });

  test('sends a mutation once, whatever it forgets meanwhile', async () => {
    await using slow = await startSlowServer();
    const client = createStudioClient(slow.url, undefined);
    const written = client.mutate({ mutation: gql`fragment P on Payload { done } mutation { publish { ...P } }` });
    const request = await slow.request(0);
    forgetPermissions(client, [show]);
    request.send({ data: { publish: { __typename: 'Payload', done: true } } });
    expect((await written).data).toMatchObject({ publish: { done: true } });
    expect(slow.count()).toBe(1);
  });

  test('sends the tokens of what it has written along, until the database has lost one', async () => {
    await using slow = await startSlowServer();
    const client = createStudioClient(slow.url, undefined);
    const write = gql`mutation { grantRole { consistencyToken } revokeRole { consistencyToken } }`;
    const ask = () => client.query({ query, fetchPolicy: 'network-only', errorPolicy: 'all' });
    const sent = async (index: number) => (await slow.request(index)).consistency;

    const before = ask();
    expect(await sent(0)).toBeUndefined();
    (await slow.request(0)).answer(true);
    await before;

    const written = client.mutate({ mutation: write });
    const payload = (consistencyToken: string | null) => ({ __typename: 'Payload', consistencyToken });
    (await slow.request(1)).send({ data: { grantRole: payload('p2.a'), revokeRole: payload('p2.b') } });
    await written;
    const after = ask();
    expect(await sent(2)).toBe('p2.a,p2.b');
    (await slow.request(2)).send({
      data: { show: null },
      errors: [{ message: '', extensions: { code: 'HISTORY_DIVERGED' } }],
    });
    await after;
    const last = ask();
    expect(await sent(3)).toBeUndefined();
    (await slow.request(3)).answer(true);
    await last;
  });
});

/** Answers in the order that a test wants. */
async function startSlowServer() {
  const responses: { readonly response: ServerResponse; readonly consistency: string | undefined }[] = [];
  let wake = () => {};
  const server = createServer((request, response) => {
    request.resume();
    responses.push({ response, consistency: request.headers['postern-consistency']?.toString() });
    wake();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const until = async <Found>(find: () => Found | undefined): Promise<Found> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    count: () => responses.length,
    request: async (index: number) => {
      const { response, consistency } = await until(() => responses[index]);
      const send = (body: unknown) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const permissions = (canPublishEpisode: boolean) => ({ __typename: 'ShowPermissions', canPublishEpisode });
      const answer = (can: boolean) =>
        send({ data: { show: { __typename: 'Show', id: 'nightshift', permissions: permissions(can) } } });
      return { consistency, send, answer };
    },
    follow: (client: ApolloClient, query: ReturnType<typeof gql>) => {
      let newest: unknown;
      client
        .watchQuery<{ show: { permissions: { canPublishEpisode: boolean } | null } }>({ query })
        .subscribe(({ data, dataState }) => {
          newest = dataState === 'complete' ? data.show.permissions?.canPublishEpisode : undefined;
          wake();
        });
      return { until: (wanted: boolean) => until(() => (newest === wanted ? true : undefined)) };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { buildASTSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Decision, PermissionCheck } from '#guard';
import { type Asker, playAnswer, prepareFetch, readForeignSubgraph } from '#guard/foreign';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';

const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
    @link(url: "https://postern.dev/postern/v1.0", import: ["@requiresPermission"])
    @composeDirective(name: "@requiresPermission")
  directive @requiresPermission(permission: String!, object: String, onDeny: String) repeatable on FIELD_DEFINITION
  type Query { tracks: [Track!] }
  type Track @key(fields: "id") { id: ID! royalties: Int @requiresPermission(permission: "can_see_royalties") }`;

/** Much more than these take when what is done grows with what comes; much less than when it grows with its square. */
const mostMs = 3_000;

const ask = async (checks: readonly PermissionCheck[]): Promise<readonly Decision[]> =>
  checks.map(() => ({ kind: 'allowed' }));
const asker: Asker = { isSignedIn: true, operation: () => ask };

function musicOf() {
  const composed = composeSupergraph([{ name: 'music', url: 'http://127.0.0.1:1/', sdl }]);
  if (!composed.ok) throw new Error(JSON.stringify(composed));
  const supergraph = buildASTSchema(parse(composed.supergraphSdl, { noLocation: true }), { assumeValidSDL: true });
  const music = readForeignSubgraph(supergraph, 'music', {});
  if (!music.ok) throw new Error(music.problem);
  return music.value;
}

const music = musicOf();

async function sent(query: string) {
  const prepared = await prepareFetch(music, { query, operationName: undefined, variables: {} }, asker);
  if (prepared.kind !== 'send') throw new Error(prepared.kind);
  return prepared;
}

async function timed<Value>(run: () => Promise<Value>): Promise<readonly [Value, number]> {
  const startedMs = performance.now();
  return [await run(), performance.now() - startedMs];
}

test('as many errors at one place as a subgraph likes are read in a time that grows with their number', async () => {
  const { kept } = await sent('{ tracks { id royalties } }');
  const errors = Array.from({ length: 30_000 }, (_, index) => ({ message: 'x', path: ['tracks', index, 'id'] }));
  const [body, tookMs] = await timed(() =>
    playAnswer(music, kept, { data: { tracks: null }, errors }, { ask, isSignedIn: true }),
  );
  expect(body.errors).toHaveLength(errors.length);
  expect(tookMs).toBeLessThan(mostMs);
});

test('names of clients that look like those of guards make neither the fetch long nor the search for others', async () => {
  const [, ...more] = ['', '1', '2'].map((number) => `_postern${number}_${'_'.repeat(20_000)}: id`);
  for (const aliases of [[`_postern_${'_'.repeat(100_000)}: id`], more, ['_postern_postern1_postern2_: id']]) {
    const query = `{ tracks { ${aliases.join(' ')} royalties } }`;
    const [{ fetch, kept }, tookMs] = await timed(() => sent(query));
    expect(tookMs).toBeLessThan(mostMs);
    expect(fetch.query.length).toBeLessThan(query.length + 200);
    // Names of its own, as in the answer each is looked up by its name.
    const own = /_postern\d*_Track_id/.exec(fetch.query)?.[0] ?? '';
    expect(query).not.toContain(own.replace('Track_id', ''));
    const [alias = ''] = aliases.map((one) => one.replace(': id', ''));
    const track = {
      ...Object.fromEntries(aliases.map((one) => [one.replace(': id', ''), '7'])),
      royalties: 1,
      [own]: '7',
    };
    const body = await playAnswer(music, kept, { data: { tracks: [track] } }, { ask, isSignedIn: true });
    expect(body.data).toMatchObject({ tracks: [{ [alias]: '7', royalties: 1 }] });
    expect(JSON.stringify(body)).not.toContain(own);
  }
});

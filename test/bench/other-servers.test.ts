import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { AuthzedClient, CheckItem, WriteRequest } from '../../bench/beside/authzed-client.ts';
import { openOpenfga } from '../../bench/beside/openfga.ts';
import type { OtherServer, World } from '../../bench/beside/other-server.ts';
import { openSpicedb } from '../../bench/beside/spicedb.ts';
import { spicedbSchema } from '../../bench/beside/spicedb-schema.ts';
import { modelFile } from '../../bench/prepare-database.ts';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { parseRawRelationship, type RawRelationship } from '../../src/cli/store-file/raw-relationship.ts';
import type { Check } from '../../src/engine/check/check.ts';
import { type ParsedModel, parseModel } from '../../src/model/parse-model.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import { referenceCheck } from '../reference/reference-check.ts';
import { check } from '../support/parse.ts';

const dsl = `model
  schema 1.1
type user
type team
  relations
    define lead: [user]
    define member: [user, team#member] or lead
type folder
  relations
    define blocked: [user]
    define viewer: [user with in_time, user:*, team#member]
    define can_view: viewer but not blocked
type document
  relations
    define parent: [folder]
    define reviewer: [user]
    define can_view: can_view from parent or (reviewer and can_view from parent)
condition in_time(current_time: timestamp, until: timestamp) {
  current_time < until
}`;

const raw: readonly RawRelationship[] = [
  { user: 'user:ann', relation: 'lead', object: 'team:a' },
  { user: 'team:a#member', relation: 'viewer', object: 'folder:f' },
  { user: 'user:ann', relation: 'blocked', object: 'folder:g' },
  { user: 'user:*', relation: 'viewer', object: 'folder:g' },
  {
    ...{ user: 'user:bob', relation: 'viewer', object: 'folder:f' },
    condition: { name: 'in_time', context: { until: '2099-01-01T00:00:00Z' } },
  },
  {
    ...{ user: 'user:cem', relation: 'viewer', object: 'folder:f' },
    condition: { name: 'in_time', context: { until: '2001-01-01T00:00:00Z' } },
  },
  { user: 'folder:f', relation: 'parent', object: 'document:d' },
  { user: 'folder:g', relation: 'parent', object: 'document:e' },
];

const questions = [
  ...['user:ann', 'user:bob', 'user:cem'].flatMap((user) => [
    `document:d#can_view@${user}`,
    `document:e#can_view@${user}`,
  ]),
];
const expected = [true, false, true, true, false, true];

const world: World = { model: parsed({ kind: 'dsl', dsl }), relationships: raw.map(parsedRelationship) };
const checks = questions.map((one) => check(one));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
});

describe.each([
  { name: 'OpenFGA', start: startOpenfga },
  { name: 'SpiceDB', start: startSpicedb },
])('$name, as a stand-in of it hears it', ({ start }) => {
  test('gets the model and the data, and is asked for many checks at once and for one', async () => {
    const server = await start('answers');
    await server.load(world, () => {});
    expect(server.modes.length).toBe(2);
    for (const { prepare } of server.modes) {
      expect(await prepare(checks)()).toEqual(expected);
      for (const [index, one] of checks.entries()) expect(await prepare([one])()).toEqual([expected[index]]);
    }
  });

  test('is believed no answer that it leaves open', async () => {
    const server = await start('leaves open');
    await server.load(world, () => {});
    for (const { prepare } of server.modes) await expect(prepare(checks)()).rejects.toThrow('undecided');
  });
});

describe("the model in SpiceDB's language", () => {
  test('says what is written and what is computed, each for itself', () => {
    expect(spicedbSchema(world.model.model)).toBe(`caveat in_time(current_time timestamp, until timestamp) {
  current_time < until
}

definition user {}

definition team {
  relation lead: user
  relation member_written: user | team#member
  permission member = (member_written + lead)
}

definition folder {
  relation blocked: user
  relation viewer: user with in_time | user:* | team#member
  permission can_view = (viewer - blocked)
}

definition document {
  relation parent: folder
  relation reviewer: user
  permission can_view = (parent->can_view + (reviewer & parent->can_view))
}
`);
  });

  test("of the example is the one that SpiceDB's own parser took", async () => {
    const { model } = parsed(await readModelFile(modelFile));
    await expect(spicedbSchema(model)).toMatchFileSnapshot('../golden/creators.zed');
  });
});

type Manner = 'answers' | 'leaves open';

/** Decides by the reference; the world is the one that it was given, as far as it can be read back. */
function decideFrom(written: readonly Relationship[], one: Check): boolean {
  const asked = { model: world.model.model, stored: written, contextual: [], now: new Date() };
  return referenceCheck(asked, one).least === 2;
}

async function startOpenfga(manner: Manner): Promise<OtherServer> {
  const written: Relationship[] = [];
  const answer = (one: AskedOpenfga) => ({
    allowed: decideFrom(written, check(`${one.tuple_key.object}#${one.tuple_key.relation}@${one.tuple_key.user}`)),
  });
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await text(request)) || '{}') as OpenfgaBody;
    const say = (status: number, value: unknown) => response.writeHead(status).end(JSON.stringify(value));
    const path = `${request.method} ${request.url}`;
    if (path === 'POST /stores') return say(201, { id: 'S' });
    if (path === 'DELETE /stores/S') return response.writeHead(204).end();
    if (path === 'POST /stores/S/authorization-models') {
      expect(body).toMatchObject({ schema_version: '1.1' });
      return say(201, { authorization_model_id: 'M' });
    }
    expect(body.authorization_model_id).toBe('M');
    if (path === 'POST /stores/S/write') {
      written.push(...(body.writes?.tuple_keys ?? []).map(parsedRelationship));
      return say(200, {});
    }
    expect(['MINIMIZE_LATENCY', 'HIGHER_CONSISTENCY']).toContain(body.consistency);
    for (const { context } of [...(body.checks ?? []), ...(body.tuple_key ? [body] : [])]) {
      expect(context).toHaveProperty('current_time');
    }
    if (path === 'POST /stores/S/check' && body.tuple_key)
      return say(200, answer({ ...body, tuple_key: body.tuple_key }));
    if (path !== 'POST /stores/S/batch-check') return say(404, { path });
    const open = { error: { message: 'time-out' } };
    const given = (body.checks ?? []).map((one) => [one.correlation_id, manner === 'answers' ? answer(one) : open]);
    return say(200, { result: Object.fromEntries(given) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const opened = openOpenfga(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'none');
  closing.push(async () => {
    await opened.close();
    server.closeAllConnections();
    server.close();
  });
  return opened;
}

interface AskedOpenfga {
  readonly tuple_key: RawRelationship;
  readonly correlation_id?: string;
  readonly context?: unknown;
}

interface OpenfgaBody extends Partial<AskedOpenfga> {
  readonly authorization_model_id?: string;
  readonly consistency?: string;
  readonly writes?: { readonly tuple_keys: readonly RawRelationship[] };
  readonly checks?: readonly AskedOpenfga[];
}

async function startSpicedb(manner: Manner): Promise<OtherServer> {
  const written: Relationship[] = [];
  const permissionship = (item: CheckItem) => {
    expect(item.context.fields).toHaveProperty('current_time');
    if (manner === 'leaves open') return 3;
    const user = textOf(item.subject);
    const { objectType, objectId } = item.resource;
    return decideFrom(written, check(`${objectType}:${objectId}#${item.permission}@${user}`)) ? 2 : 1;
  };
  const client: AuthzedClient = {
    promises: {
      writeSchema: async ({ schema }) => expect(schema).toContain('definition document {'),
      writeRelationships: async ({ updates }) => written.push(...updates.map(readBack)),
      checkPermission: async (item) => ({ permissionship: permissionship(item) }),
      checkBulkPermissions: async ({ items }) => ({
        pairs: items.map((item) => ({
          response: { oneofKind: 'item', item: { permissionship: permissionship(item) } },
        })),
      }),
    },
    close: () => {},
  };
  return openSpicedb({ createStructFromObject: (fields) => ({ fields }) }, client);
}

function readBack({ relationship }: WriteRequest['updates'][number]): Relationship {
  const { resource, relation, subject, optionalCaveat } = relationship;
  const context = optionalCaveat?.context.fields as Readonly<Record<string, unknown>> | undefined;
  return parsedRelationship({
    user: textOf(subject),
    relation: relation.replace(/_written$/, ''),
    object: `${resource.objectType}:${resource.objectId}`,
    condition: optionalCaveat && { name: optionalCaveat.caveatName, context },
  });
}

function textOf({ object, optionalRelation }: CheckItem['subject']): string {
  const set = optionalRelation === '' ? '' : `#${optionalRelation}`;
  return `${object.objectType}:${object.objectId}${set}`;
}

function parsed(source: Parameters<typeof parseModel>[0]): ParsedModel {
  const read = parseModel(source);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function parsedRelationship(one: RawRelationship): Relationship {
  const read = parseRawRelationship(one);
  if (!read.ok) throw new Error(read.problem);
  return read.value;
}

import { readFile, writeFile } from 'node:fs/promises';
import { isObjectType } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { audienceOf, boundTypes, type FieldAudience } from '../../src/graphql/shield.ts';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { buildCreatorsSubgraph } from '../support/creators-subgraph.ts';
import { useDatabase } from '../support/database.ts';
import { relationship } from '../support/parse.ts';
import { write } from '../support/postern.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';
import { type Cell, type MatrixRow, matrixRows } from './support/matrix-rows.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });

/** Every kind of caller, by one who is of it in the creators' example. */
const callers: ReadonlyMap<string, string | undefined> = new Map([
  ['anonymous', undefined],
  ['user', 'user:stranger'],
  ['team lead', 'user:lea'],
  ['admin', 'user:adam'],
  ['owner', 'user:olga'],
  ['auditor', 'user:audra'],
  ['employee', 'employee:nobody'],
  ['break-glass', 'employee:bea'],
  ['service', 'service:playlist-api'],
  ['writer', 'service:catalog'],
  ['security', 'employee:sec-ines'],
  ['operator', 'employee:oda'],
]);

let token: string;

beforeAll(async () => {
  const now = Date.now();
  const window = [now - 60_000, now + 3_600_000].map((time) => new Date(time).toISOString());
  const context = { granted_at: window[0], expires_at: window[1] };
  const before = await write(server().running.postern, [
    relationship('organization:northwind#support_viewer@employee:bea', { condition: ['break_glass', context] }),
  ]);
  token = formatConsistencyToken(before);
  await write(server().running.postern, ['team:nw-marketing#member@user:first']);
});

const golden = 'test/golden/permission-matrix.txt';

test('who may do what', { timeout: 120_000 }, async () => {
  const lines: string[] = [];
  for (const [index, row] of matrixRows.entries()) {
    const cells = await cellsOf(row, index);
    lines.push(line([`${row.operation}, ${row.what}`, ...cells]));
  }
  const text = `${[line(['', ...callers.keys()]), ...lines].join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(golden, text);
  expect(text, 'if the change is meant: UPDATE_GOLDEN=1').toBe(await readFile(golden, 'utf8'));
});

test('an operation without a line fails here', async () => {
  const { schema } = await buildCreatorsSubgraph();
  const fields = ['Query', 'Mutation', 'Subscription'].flatMap((name) => {
    const type = schema.getType(name);
    return isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${name}.${field}`) : [];
  });
  const own = fields.filter((field) => !['Query._service', 'Query._entities'].includes(field));
  const covered = new Set(matrixRows.map(({ operation }) => operation));
  expect(own.filter((field) => !covered.has(field))).toEqual([]);
});

test('whom a field answers is what the shield says of it', async () => {
  const { bindings } = await buildCreatorsSubgraph();
  const found = audiencesIn(await readFile(golden, 'utf8'));
  expect(found.size).toBeGreaterThan(20);
  for (const [field, audience] of found) {
    const [type = '', name = ''] = field.split('.');
    expect([field, audienceOf(type, name, boundTypes(bindings))]).toEqual([field, audience]);
  }
});

test.each([
  ['Query.a, b     null             FORBIDDEN  FORBIDDEN', 'anybody'],
  ['Query.a, b     UNAUTHENTICATED  yes        yes', 'signed in'],
  ['Query.a, b     UNAUTHENTICATED  null       yes', 'signed in'],
  ['Query.a, b     UNAUTHENTICATED  FORBIDDEN  FORBIDDEN', 'entitled'],
  ['Query.a, b     UNAUTHENTICATED  SELF_GRANT  yes', 'entitled'],
])('a field with the line %j answers %s', (row, audience) => {
  expect(audiencesIn(`${row}\nQuery.a, c  UNAUTHENTICATED  FORBIDDEN  yes`)).toEqual(new Map([['Query.a', audience]]));
});

/** By the line of each field that is answered to most: for nobody, and for somebody who holds nothing. */
function audiencesIn(matrix: string): ReadonlyMap<string, FieldAudience> {
  const audiences = new Map<string, FieldAudience>();
  for (const row of matrix.split('\n').filter((text) => /^\w+\.\w+, /.test(text))) {
    const [what = '', nobody = '', stranger = ''] = row.split(/ {2,}/);
    const [field = ''] = what.split(',');
    const isAnswered = stranger === 'yes' || stranger === 'null';
    const audience = nobody !== 'UNAUTHENTICATED' ? 'anybody' : isAnswered ? 'signed in' : 'entitled';
    const known = audiences.get(field) ?? 'entitled';
    audiences.set(field, order.indexOf(audience) < order.indexOf(known) ? audience : known);
  }
  return audiences;
}

const order: readonly FieldAudience[] = ['anybody', 'signed in', 'entitled'];

async function cellsOf(row: MatrixRow, index: number): Promise<readonly string[]> {
  const cells: string[] = [];
  for (const [number, as] of [...callers.values()].entries()) {
    const cell: Cell = { own: `cell-${index}-${number}`, caller: as ?? 'user:somebody', token };
    const given = row.given?.(cell) ?? [];
    if (given.length > 0) await write(server().running.postern, given);
    const query = row.query(cell);
    cells.push(query.startsWith('subscription') ? await subscribe(query, as, row.during) : await ask(query, as));
  }
  return cells;
}

interface Body {
  readonly data?: Readonly<
    Record<string, { readonly userErrors?: readonly { readonly code: string }[] } | null>
  > | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function ask(query: string, as: string | undefined): Promise<string> {
  const { text } = await server().ask(query, { ...(as !== undefined && { as }) });
  return outcomeOf(JSON.parse(text) as Body);
}

/** The first thing that a subscriber gets. */
async function subscribe(query: string, as: string | undefined, during: readonly string[] = []): Promise<string> {
  const authorization = as === undefined ? {} : { authorization: `Bearer ${await server().token(as)}` };
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...authorization };
  const url = new URL('/graphql/stream', server().url);
  const body = JSON.stringify({ query });
  const response = await fetch(url, { method: 'POST', headers, body });
  const isHeard = new AbortController();
  const writing = writeAgain(during, isHeard.signal);
  const outcome = await firstOutcome(response);
  isHeard.abort();
  await writing;
  return outcome;
}

async function writeAgain(list: readonly string[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted && list.length > 0) {
    await write(server().running.postern, list);
    await write(server().running.postern, [], list);
  }
}

async function firstOutcome(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const [, first] = /^data: (\{.*\})$/m.exec(text) ?? [];
    // Leaving the loop ends the stream.
    if (first !== undefined) return outcomeOf(JSON.parse(first) as Body);
  }
  return outcomeOf(JSON.parse(text) as Body);
}

function outcomeOf({ data, errors = [] }: Body): string {
  const codes = errors.map(({ extensions }) => extensions.code);
  const user = Object.values(data ?? {}).flatMap((field) => field?.userErrors?.map(({ code }) => code) ?? []);
  const isNobody = data !== null && data !== undefined && Object.values(data).some((field) => field === null);
  return [...new Set([...codes, ...user])].join(' ') || (isNobody ? 'null' : 'yes');
}

function line(cells: readonly string[]): string {
  const [first = '', ...others] = cells;
  return [first.padEnd(60), ...others.map((cell) => cell.padEnd(22))].join('').trimEnd();
}

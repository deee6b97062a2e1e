import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { delegateAccess } from '../../src/operations/delegate-access.ts';
import { useDatabase } from '../support/database.ts';
import { model } from '../support/parse.ts';
import { write } from '../support/postern.ts';
import { type Answer, codesOf, usePosternServer } from '../support/postern-server.ts';
import {
  type DelegateCell,
  type DelegateRow,
  delegateModel,
  delegateOperations,
  delegateRows,
  notOperations,
} from './support/delegate-rows.ts';

const store = `model: |\n${delegateModel.replaceAll(/^/gm, '  ')}`;
const server = usePosternServer(useDatabase(), { store });
let token: string;

/** Ann may do everything, and so may two agents, of which only one acts for her; the third acts for her and has nothing. */
const callers = {
  ann: { as: 'user:ann' },
  nobody: { as: 'user:zed' },
  both: { as: 'user:ann', by: 'agent:good' },
  weakAgent: { as: 'user:ann', by: 'agent:weak' },
  weakUser: { as: 'user:zed', by: 'agent:good' },
  notActing: { as: 'user:ann', by: 'agent:other' },
} as const;
type Caller = keyof typeof callers;

beforeAll(async () => {
  const operators = ['user:ann', 'agent:good', 'agent:other'].map((who) => `platform:main#operator@${who}`);
  const principals = [
    'agent:good#principal@user:ann',
    'agent:good#principal@user:zed',
    'agent:weak#principal@user:ann',
  ];
  token = formatConsistencyToken(await write(server().running.postern, [...operators, ...principals]));
});

describe.each(delegateRows.map((row, index) => [`${index} ${row.field}`, row, index] as const))(
  '%s',
  (_, row, index) => {
    test(`is ${row.access}`, async () => {
      const outcomes = new Map<Caller, string>();
      for (const name of Object.keys(callers) as Caller[]) outcomes.set(name, await outcomeOf(row, name, index));
      const [ann, nobody] = [outcomes.get('ann'), outcomes.get('nobody')];
      const expected = { same: [ann, ann, ann], both: [ann, nobody, nobody], never: [never, never, never] }[row.access];
      if (row.access === 'both') expect(ann).not.toEqual(nobody);
      const [withBoth, withoutOne, withoutActing] = expected;
      expect(Object.fromEntries(outcomes)).toEqual({
        ...{ ann, nobody },
        both: withBoth,
        weakAgent: withoutOne,
        weakUser: row.access === 'same' ? nobody : withoutOne,
        notActing: withoutActing,
      });
    });
  },
);

const never = 'DELEGATE_NOT_ALLOWED';

test('a field that is not in the table fails here', async () => {
  const built = buildSubgraph(await readFile('schema.graphql', 'utf8'), model(delegateModel), new Map());
  if (!built.ok) throw new Error(built.problem.join('\n'));
  const fields = ['Query', 'Mutation', 'Subscription', 'Viewer'].flatMap((name) => {
    const type = built.value.schema.getType(name);
    return isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${name}.${field}`) : [];
  });
  const known = new Set(delegateRows.map(({ field }) => field));
  // The lists of a model's types are made alike.
  const alike = ['Viewer.agents', 'Viewer.platforms', 'Query._service'];
  expect(fields.filter((field) => !alike.includes(field) && !known.has(field))).toEqual([]);
});

test('an operation that is not in the table fails here, and one that is not there any more', async () => {
  const found = (await Promise.all((await filesIn('src/operations')).map(operationsIn))).flat();
  const operations = found.filter((name) => !notOperations.has(name));
  expect(operations.toSorted()).toEqual(Object.keys(delegateOperations).toSorted());
});

test('what agents never do is refused by its name in the audit log, whatever operation does it', () => {
  const actions = Object.entries(delegateAccess).flatMap(([action, access]) => (access === 'never' ? [action] : []));
  const operations = Object.entries(delegateOperations).flatMap(([name, access]) => (access === 'never' ? [name] : []));
  // The log has what an approval does.
  const named = operations.map((name) => (name === 'approveProposal' ? 'applyProposal' : name));
  expect(actions).toEqual(expect.arrayContaining(named));
});

/** Whoever acts is part of who asks: without it a cursor, or an outcome, of the one would be good for the other. */
test('nothing is bound to the name of the actor alone, and no check is made of it by hand', async () => {
  const files = await filesIn('src/operations');
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const filesWith = (what: RegExp) => files.filter((_file, index) => what.test(texts[index] ?? ''));
  const bound = new Set(filesWith(/cursorsOf\(|\boutcomes\.|\bhasOutcome\(/));
  // Whose proposals those are that it lists.
  const named = ['src/operations/proposals/list-proposals.ts'];
  expect(filesWith(/\bformatActor\(/).filter((file) => bound.has(file))).toEqual(named);
  const byHand =
    /subject: (actor|viewer|asker)\.subject|\{ subject(: \w+)?, context(: \w+)? \}(: Viewer\b| = (actor|viewer|asker)\b)/;
  expect(filesWith(byHand)).toEqual([
    // A list about oneself, which is asked as whoever asks.
    'src/operations/access/list-accessible-objects.ts',
    'src/operations/ask-rights.ts',
    'src/operations/live/watch-viewer-permissions.ts',
    'src/operations/reviews/list-known-objects.ts',
  ]);
});

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .toSorted();
}

/** What is given an actor right after everything that operations work with. */
async function operationsIn(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8');
  const signature =
    /^export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(\s*(?:postern|\{[^}]*\}): Postern,\s*(?:\w+): (?:Actor|Viewer)\b/gm;
  return [...text.matchAll(signature)].map(([, name = '']) => name);
}

async function outcomeOf(row: DelegateRow, name: Caller, index: number): Promise<string> {
  const own = `${name}-${index}`;
  const doc = `doc:${own}`;
  const caller = callers[name];
  const cell: DelegateCell = { own, doc, caller: caller.as, token };
  const owners = ['user:ann', 'agent:good', 'agent:other'].map((who) => `${doc}#owner@${who}`);
  await write(server().running.postern, [...owners, ...(row.given?.(cell) ?? [])]);
  const query = row.query(cell);
  const text = query.startsWith('subscription')
    ? await subscribe(query, name, row.during)
    : toldOf(await server().ask(query, caller));
  return text.replaceAll(own, '*');
}

/** The codes of what is refused, or else what is said. */
function toldOf(answer: Pick<Answer, 'text'> & Parameters<typeof codesOf>[0]): string {
  const { data } = JSON.parse(answer.text) as { readonly data: Readonly<Record<string, unknown>> | null };
  const user = Object.values(data ?? {}).flatMap((field) => userCodesOf(field));
  return [...codesOf(answer), ...user].join(' ') || JSON.stringify(data);
}

function userCodesOf(field: unknown): readonly string[] {
  const { userErrors = [] } = (field ?? {}) as { readonly userErrors?: readonly { readonly code: string }[] };
  return userErrors.map(({ code }) => code);
}

/** The first thing that a subscriber gets. */
async function subscribe(query: string, name: Caller, during: readonly string[] = []): Promise<string> {
  const caller = callers[name];
  const authorization = `Bearer ${await server().token(caller.as, 'by' in caller ? caller.by : undefined)}`;
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization };
  const url = new URL('/graphql/stream', server().url);
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const heard = new AbortController();
  const writing = writeAgain(during, heard.signal);
  const first = await firstEvent(response);
  heard.abort();
  await writing;
  const { data, errors = [] } = JSON.parse(first) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return errors.map(({ extensions }) => extensions.code).join(' ') || JSON.stringify(data);
}

async function writeAgain(list: readonly string[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted && list.length > 0) {
    await write(server().running.postern, list);
    await write(server().running.postern, [], list);
  }
}

async function firstEvent(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const [, first] = /^data: (\{.*\})$/m.exec(text) ?? [];
    // Leaving the loop ends the stream.
    if (first !== undefined) return first;
  }
  return text;
}

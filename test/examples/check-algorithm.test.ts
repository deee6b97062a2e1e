import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRawRelationship } from '../../src/cli/store-file/raw-relationship.ts';
import { readStoreData } from '../../src/cli/store-file/read-store-file.ts';
import { runTestCommand } from '../../src/cli/store-file/test-command.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { useDatabase } from '../support/database.ts';
import { askTogether, outcomeOf } from '../support/decide.ts';
import { check, unwrap } from '../support/parse.ts';

const databaseUrl = useDatabase();
const page = readFileSync('docs/check-algorithm.md', 'utf8');

test('the worlds of the page on check pass their tests', async () => {
  const lines: string[] = [];
  const paths = ['examples/check-algorithm'];
  const code = await runTestCommand({ paths, databaseUrl: databaseUrl(), print: (line) => lines.push(line) });
  expect([code, lines.at(-1)]).toEqual([0, '17 passed, 0 failed']);
});

describe.each([
  ['parents', 'A world with parents and teams'],
  ['circles', 'A world with circles'],
])('the world of %s', (name, heading) => {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';

  test('is the one that the page shows', async () => {
    const { dsl, relationships } = await readWorld(name);
    expect(dsl).toContain(blockOf(section, 'fga'));
    const shown = blockOf(section, `text ${name}`).split(/\n| {2,}/);
    expect(relationships.map(textOf).toSorted()).toEqual(shown.toSorted());
  });

  test.each(rowsOf(section))('$text $context: $answer after $reads reads', async ({ text, context, answer, reads }) => {
    const { store, answer: answered } = askTogether(await readWorld(name), [check(text, JSON.parse(context))]);
    const { decisions } = await answered;
    expect([outcomeOf(decisions[0]), store.reads]).toEqual([answer, reads]);
  });
});

test('the page asks checks of both worlds', () => {
  expect(rowsOf(page)).toHaveLength(14);
});

interface Row {
  readonly text: string;
  readonly context: string;
  readonly answer: string;
  readonly reads: number;
}

/** `| check | context | answer | reads |`, the context only where there is one. */
function rowsOf(text: string): readonly Row[] {
  const rows = text.matchAll(/^\| `(\S+#\S+@\S+)` \|(?: (?:`(\{.*\})`)? ?\|)? `?(\w+)`? \| (\d+) \|$/gm);
  return Array.from(rows, ([, asked = '', context = '{}', answer = '', reads]) => ({
    text: asked,
    context,
    answer,
    reads: Number(reads),
  }));
}

async function readWorld(name: string) {
  const { model, relationships } = await readStoreData(`examples/check-algorithm/${name}.fga.yaml`);
  if (model.kind !== 'dsl') throw new Error('The model is not written out.');
  return { dsl: model.dsl, relationships: relationships.map((raw) => unwrap(parseRawRelationship(raw))) };
}

function textOf(relationship: Parameters<typeof formatRelationship>[0]): string {
  const { condition } = relationship;
  return `${formatRelationship(relationship)}${condition === undefined ? '' : ` with ${condition.name}`}`;
}

function blockOf(text: string, info: string): string {
  return text.split(`\`\`\`${info}\n`)[1]?.split('\n```')[0] ?? 'There is no such block.';
}

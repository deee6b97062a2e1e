import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MovingPlan } from '../../../src/cli/moving/plan/moving-plan.ts';
import { planSpicedb } from '../../../src/cli/moving/plan/plan-spicedb.ts';
import { playAssertions } from '../../../src/cli/moving/plan/play-assertions.ts';
import { readValidationFile } from '../../../src/cli/moving/spicedb/read-validation-file.ts';
import { noNames } from '../../../src/cli/moving/translate/given-names.ts';
import { useDatabase } from '../../support/database.ts';

const folder = join(import.meta.dirname, 'spicedb');
const now = new Date('2026-03-01T12:00:00Z');
const databaseUrl = useDatabase();

async function planOf(name: string, change: (text: string) => string = (text) => text): Promise<MovingPlan> {
  const text = change(await readFile(join(folder, name), 'utf8'));
  return planSpicedb(name, await readValidationFile(join(folder, name), text), noNames, now);
}

/** `12 exact relation a#b → relation a#b` */
function linesOf({ constructs }: MovingPlan): readonly string[] {
  return constructs.map(({ line, kind, construct, as, refusal }) =>
    [
      line,
      kind,
      construct,
      ...(as === undefined ? [] : ['→', as]),
      ...(refusal === undefined ? [] : [`(${refusal})`]),
    ].join(' '),
  );
}

function countsOf({ counts }: MovingPlan): readonly string[] {
  return counts.map(
    (row) =>
      `${row.as}: ${row.in} in, ${row.out} out, ${row.refused} refused, ${row.expired} expired, ${row.duplicate} duplicate`,
  );
}

function refusedOf({ refused }: MovingPlan): readonly string[] {
  return refused.map(({ line, kind, relationship, why }) =>
    `${line} ${kind} ${relationship} ${why}`.replaceAll(longId, 'LONG'),
  );
}

const longId = 'x'.repeat(257);
const lengthened = (text: string) => text.replace('LONG', longId);

test.each(['documents.yaml', 'roles.yaml', 'caveats.yaml', 'traps.yaml'])('%s has a report', async (name) => {
  const plan = await planOf(name, lengthened);
  const text = [...linesOf(plan), '', ...countsOf(plan), '', ...refusedOf(plan), '', plan.dsl].join('\n');
  await expect(text).toMatchFileSnapshot(join(folder, name.replace('.yaml', '.report.txt')));
});

describe('the assertions of a source', () => {
  test.each(['documents.yaml', 'roles.yaml', 'caveats.yaml', 'traps.yaml'])('%s hold', async (name) => {
    const plan = await planOf(name, lengthened);
    expect(await playAssertions(plan, databaseUrl(), () => {})).toEqual([]);
    expect(plan.assertions.length).toBeGreaterThan(0);
  });
});

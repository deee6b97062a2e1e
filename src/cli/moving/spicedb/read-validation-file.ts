import { dirname, join } from 'node:path';
import { z } from 'zod';
import { countOf } from '../../../base/count-of.ts';
import { quote } from '../../../base/text-problem.ts';
import { readTextFile } from '../../read-text-file.ts';
import { readYamlFile, WrongFile } from '../../read-yaml-file.ts';
import { YamlLines } from '../../yaml-lines.ts';
import { parseSourceRelationship } from './parse-relationship.ts';
import type { SourceRelationship } from './source-relationship.ts';

/** What a source of SpiceDB holds. */
export interface SpicedbSource {
  readonly schema: SourceText;
  readonly relationships: readonly SourceRelationship[];
  readonly assertions: readonly SourceAssertion[];
  /** Sentences about what was in it and is not asked. */
  readonly notes: readonly string[];
}

/** A text, and the line of the file that stands before its first one. */
export interface SourceText {
  readonly text: string;
  readonly before: number;
}

export interface SourceAssertion {
  readonly line: number;
  readonly text: string;
  readonly expected: 'allowed' | 'denied' | 'undecided';
}

const list = z.array(z.string()).nullish();

const validationFile = z.strictObject({
  schema: z.string().optional(),
  schemaFile: z.string().optional(),
  relationships: z.string().nullish(),
  assertions: z.strictObject({ assertTrue: list, assertFalse: list, assertCaveated: list }).partial().nullish(),
  validation: z.record(z.string(), z.unknown()).nullish(),
});

/** Reads a validation file, as `zed validate` takes it; throws a sentence with the line of what is wrong. */
export async function readValidationFile(path: string, text: string): Promise<SpicedbSource> {
  const file = readYamlFile(validationFile, path, text);
  const lines = new YamlLines(text);
  const expected = Object.keys(file.validation ?? {}).length;
  return {
    schema: await schemaOf(path, file, lines),
    relationships: relationshipsIn(path, file.relationships ?? '', lines.before('relationships')),
    assertions: [
      ...assertionsIn(lines, 'assertTrue', 'allowed', file.assertions?.assertTrue),
      ...assertionsIn(lines, 'assertFalse', 'denied', file.assertions?.assertFalse),
      ...assertionsIn(lines, 'assertCaveated', 'undecided', file.assertions?.assertCaveated),
    ],
    notes: expected === 0 ? [] : [`${countOf(expected, 'entry')} of "validation" are not asked; the assertions are.`],
  };
}

async function schemaOf(
  path: string,
  { schema, schemaFile }: z.infer<typeof validationFile>,
  lines: YamlLines,
): Promise<SourceText> {
  if (schema !== undefined) return { text: schema, before: lines.before('schema') };
  if (schemaFile !== undefined) return { text: await readTextFile(join(dirname(path), schemaFile)), before: 0 };
  throw new WrongFile(`${quote(path)} has neither "schema" nor "schemaFile". Next: write one of them.`);
}

const mostProblems = 10;

function relationshipsIn(path: string, text: string, before: number): readonly SourceRelationship[] {
  const problems: string[] = [];
  const relationships = text.split('\n').flatMap((written, index) => {
    const one = written.trim();
    if (one === '' || one.startsWith('//')) return [];
    const line = before + index + 1;
    const read = parseSourceRelationship(one, line);
    if (!read.ok) problems.push(`${path}:${line}: ${read.problem}`);
    return read.ok ? [read.value] : [];
  });
  if (problems.length === 0) return relationships;
  const more = problems.length > mostProblems ? [`… and ${problems.length - mostProblems} more.`] : [];
  throw new WrongFile([...problems.slice(0, mostProblems), ...more].join('\n'));
}

function assertionsIn(
  lines: YamlLines,
  key: string,
  expected: SourceAssertion['expected'],
  all: readonly string[] | null | undefined,
): readonly SourceAssertion[] {
  return (all ?? []).map((text, index) => ({ line: lines.at(['assertions', key, index]), text, expected }));
}

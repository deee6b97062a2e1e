import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { isRecord } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { parseYaml } from './parse-yaml.ts';
import { readTextFile } from './read-text-file.ts';
import { type RawRelationship, rawRelationshipShape } from './test/raw-relationship.ts';

/**
 * The relationships of a file in any of the forms that OpenFGA's tools read: YAML, JSON, a JSON object in each line, or CSV
 * with one column for each part. Throws a sentence that names the file and the line.
 */
export async function readRelationshipFile(path: string): Promise<readonly RawRelationship[]> {
  const reader = readers.get(extname(path).toLowerCase());
  if (reader === undefined) {
    throw new Error(`The relationships in "${path}" are in no known form: name it ${[...readers.keys()].join(', ')}.`);
  }
  return reader(path, await readTextFile(path));
}

/** Whether it can be nothing but relationships: YAML and JSON may be a store file. */
export function isRelationshipFile(path: string): boolean {
  return ['.csv', '.jsonl'].includes(extname(path).toLowerCase());
}

type Reader = (path: string, text: string) => readonly RawRelationship[];

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['.yaml', readDocument],
  ['.yml', readDocument],
  ['.json', readDocument],
  ['.jsonl', readLines],
  ['.csv', readTable],
]);

const listShape = z.array(z.unknown());

function readDocument(path: string, text: string): readonly RawRelationship[] {
  const list = listShape.safeParse(orSentence(path, () => parseYaml(text)));
  if (!list.success)
    throw new Error(`"${path}" is no list of relationships; write "- { user: …, relation: …, object: … }".`);
  return list.data.map((value, index) => relationshipIn(value, `Relationship ${index + 1} of "${path}"`));
}

function readLines(path: string, text: string): readonly RawRelationship[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `Line ${index + 1} of "${path}"`;
    return relationshipIn(
      orSentence(place, () => parseYaml(line)),
      place,
    );
  });
}

const columns = [
  ...['user_type', 'user_id', 'user_relation', 'relation', 'object_type', 'object_id'],
  ...['condition_name', 'condition_context'],
] as const;
const neededColumns: readonly string[] = ['user_type', 'user_id', 'relation', 'object_type', 'object_id'];

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

function readTable(path: string, text: string): readonly RawRelationship[] {
  const header = (names: string[]) => {
    const wrong = headerProblem(names);
    if (wrong !== undefined) throw new Error(`The first line of "${path}" ${wrong}.`);
    return names;
  };
  const rows = orSentence(path, () =>
    parse(text, { columns: header, skip_empty_lines: true, trim: true, info: true }),
  ) as unknown as readonly { readonly record: Row; readonly info: { readonly lines: number } }[];
  return rows.map(({ record, info }) => {
    const place = `Line ${info.lines} of "${path}"`;
    const raw = relationshipOfRow(record, place);
    if (!raw.ok) throw new Error(raw.problem);
    return raw.value;
  });
}

function headerProblem(names: readonly string[]): string | undefined {
  const unknown = names.find((name) => !(columns as readonly string[]).includes(name));
  if (unknown !== undefined) return `has the unknown column "${unknown}"; known are ${columns.join(', ')}`;
  const missing = neededColumns.find((name) => !names.includes(name));
  return missing === undefined ? undefined : `lacks the column "${missing}"`;
}

function relationshipOfRow(row: Row, place: string): Result<RawRelationship, string> {
  const empty = neededColumns.find((name) => (row as Readonly<Record<string, string | undefined>>)[name] === '');
  if (empty !== undefined) return failed(`${place} says nothing in the column "${empty}".`);
  const { user_type, user_id, user_relation, relation = '', object_type, object_id, condition_name } = row;
  const set = user_relation === undefined || user_relation === '' ? '' : `#${user_relation}`;
  const raw = { user: `${user_type}:${user_id}${set}`, relation, object: `${object_type}:${object_id}` };
  const written = row.condition_context ?? '';
  if (condition_name === undefined || condition_name === '') {
    return written === '' ? ok(raw) : failed(`${place} has a context, and no condition that it is for.`);
  }
  const context = written === '' ? {} : orSentence(place, () => parseYaml(written));
  if (!isRecord(context)) return failed(`${place} has a context that is no JSON object.`);
  return ok({ ...raw, condition: { name: condition_name, context } });
}

function relationshipIn(value: unknown, place: string): RawRelationship {
  const read = rawRelationshipShape.safeParse(value);
  if (read.success) return read.data;
  throw new Error(`${place} is no relationship: ${z.prettifyError(read.error).replaceAll('\n', ' ')}.`);
}

function orSentence<Value>(place: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`${place} cannot be read: ${reason}`, { cause: error });
  }
}

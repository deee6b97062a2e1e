import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { isRecord } from '../base/canonical-json.ts';
import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { readShape } from '../server/config/json-setting.ts';
import { parseYaml } from './parse-yaml.ts';
import { readTextFile } from './read-text-file.ts';
import { type RawRelationship, rawRelationshipShape } from './store-file/raw-relationship.ts';

/**
 * The relationships of a file in any of the forms that OpenFGA's tools read: YAML, JSON, a JSON object in each line, or CSV
 * with one column for each part. Throws a sentence that names the file and the line.
 */
export async function readRelationshipFile(path: string): Promise<readonly RawRelationship[]> {
  const reader = readers.get(extname(path).toLowerCase());
  if (reader === undefined) {
    throw new Error(
      `The relationships in "${path}" are in no known form. Next: name it ${[...readers.keys()].join(', ')}.`,
    );
  }
  const text = await readTextFile(path);
  if (text.trim() === '')
    throw new Error(`The file ${quote(path)} is empty. Next: write relationships into it, or leave it out.`);
  return reader(path, text);
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
  const list = listShape.safeParse(orSentence(quote(path), () => parseYaml(text)));
  if (!list.success)
    throw new Error(`"${path}" is no list of relationships; write "- { user: …, relation: …, object: … }".`);
  return list.data.map((value, index) => relationshipIn(value, `${path}[${index}]`));
}

function readLines(path: string, text: string): readonly RawRelationship[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    return relationshipIn(
      orSentence(`Line ${index + 1} of ${quote(path)}`, () => parseYaml(line)),
      `${path}:${index + 1}`,
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
    if (wrong !== undefined) throw new Error(`The first line of ${quote(path)} ${wrong}`);
    return names;
  };
  return rowsOf(path, text, header).map(({ record, info }) => {
    const place = `Line ${info.lines} of "${path}"`;
    const raw = relationshipOfRow(record, place);
    if (!raw.ok) throw new Error(raw.problem);
    return raw.value;
  });
}

interface NumberedRow {
  readonly record: Row;
  readonly info: { readonly lines: number };
}

function rowsOf(path: string, text: string, header: (names: string[]) => string[]): readonly NumberedRow[] {
  try {
    const rows: unknown = parse(text, { columns: header, skip_empty_lines: true, trim: true, info: true });
    return rows as readonly NumberedRow[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    const written = text.split('\n')[line - 1]?.trim() ?? '';
    throw new Error(`Line ${line} of ${quote(path)}, ${quote(written)}, ${csvProblem(error.code)}.`, { cause: error });
  }
}

function csvProblem(code: string): string {
  if (code.includes('QUOTE')) return `does not close its quotes, or has some inside of a value; write them twice there`;
  return code.includes('INCONSISTENT')
    ? 'does not have as many columns as the first line; write a "," for each, also where nothing stands'
    : 'is no line of a table; write values with "," between them';
}

function headerProblem(names: readonly string[]): string | undefined {
  const unknown = names.find((name) => !(columns as readonly string[]).includes(name));
  if (unknown?.includes(';')) return `separates columns with ";"; write ",".`;
  if (unknown !== undefined) {
    const near = didYouMean(unknown, columns);
    return `has the unknown column ${quote(unknown)}.${near === '' ? ` Known are ${columns.join(', ')}.` : near}`;
  }
  const missing = neededColumns.find((name) => !names.includes(name));
  return missing === undefined
    ? undefined
    : `lacks the column "${missing}". Next: write it there, and its value on each line.`;
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
  const read = readShape(rawRelationshipShape, place, value);
  if (read.ok) return read.value;
  throw new Error(read.problem.join('\n'));
}

function orSentence<Value>(place: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`${place} cannot be read: ${reason}`, { cause: error });
  }
}

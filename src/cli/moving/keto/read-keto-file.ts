import { z } from 'zod';
import { isRecord } from '../../../base/canonical-json.ts';
import { quote } from '../../../base/text-problem.ts';
import { readShape } from '../../../server/config/json-setting.ts';
import { parseYaml } from '../../parse-yaml.ts';
import { readTextFile } from '../../read-text-file.ts';
import { YamlLines } from '../../yaml-lines.ts';

const subjectSet = z.strictObject({ namespace: z.string(), object: z.string(), relation: z.string() });

// Strict: a key that is not known could be the one that takes a right away.
const tupleShape = z
  .strictObject({
    $schema: z.string().optional(),
    namespace: z.string(),
    object: z.string(),
    relation: z.string(),
    subject_id: z.string().nullish(),
    subject_set: subjectSet.nullish(),
  })
  .refine(
    ({ subject_id, subject_set }) => (typeof subject_id === 'string') !== isRecord(subject_set),
    'has not exactly one of "subject_id" and "subject_set"',
  );

/** A relation tuple of Keto. */
export interface KetoTuple {
  readonly line: number | undefined;
  readonly namespace: string;
  readonly object: string;
  readonly relation: string;
  readonly subject: KetoSubject;
}

export type KetoSubject =
  | { readonly kind: 'id'; readonly id: string }
  /** Without a relation, it is the object itself. */
  | { readonly kind: 'set'; readonly namespace: string; readonly object: string; readonly relation: string };

/** Reads what `keto relation-tuple get --format json` gave out, or a list of relation tuples; throws a sentence. */
export async function readKetoFile(path: string): Promise<readonly KetoTuple[]> {
  return parseKetoTuples(path, await readTextFile(path));
}

export function parseKetoTuples(path: string, text: string): readonly KetoTuple[] {
  const { list, place } = listIn(path, parseJson(path, text));
  const lines = new YamlLines(text);
  const problems: string[] = [];
  const tuples = list.flatMap((value, index): readonly KetoTuple[] => {
    const line = lines.find([...place, index]);
    const read = readShape(tupleShape, line === undefined ? path : `${path}:${line}`, value);
    if (read.ok) return [tupleOf(read.value, line)];
    problems.push(...read.problem);
    return [];
  });
  if (problems.length === 0) return tuples;
  throw new Error([`Relation tuples of ${quote(path)} cannot be read.`, ...problems.slice(0, 10)].join('\n'));
}

function parseJson(path: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${quote(path)} cannot be read: ${reason}`, { cause: error });
  }
}

function listIn(
  path: string,
  value: unknown,
): { readonly list: readonly unknown[]; readonly place: readonly string[] } {
  if (Array.isArray(value)) return { list: value, place: [] };
  if (!isRecord(value) || !Array.isArray(value.relation_tuples)) {
    throw new Error(
      `${quote(path)} is no list of relation tuples. Next: name what "keto relation-tuple get --format json" gave out.`,
    );
  }
  const token = value.next_page_token;
  if (typeof token === 'string' && token !== '') {
    throw new Error(
      `${quote(path)} is one page of several: its "next_page_token" says that there is more. Next: read all pages, and put their relation tuples into one list.`,
    );
  }
  return { list: value.relation_tuples, place: ['relation_tuples'] };
}

function tupleOf(read: z.infer<typeof tupleShape>, line: number | undefined): KetoTuple {
  const { namespace, object, relation, subject_id: id, subject_set: set } = read;
  const subject: KetoSubject = typeof id === 'string' ? { kind: 'id', id } : setOf(set);
  return { line, namespace, object, relation, subject };
}

function setOf(set: z.infer<typeof subjectSet> | null | undefined): KetoSubject {
  if (set === null || set === undefined) throw new Error('A relation tuple has a subject.');
  return { kind: 'set', ...set };
}

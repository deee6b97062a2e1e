import { dirname, extname, join } from 'node:path';
import { isRecord } from '../../../base/canonical-json.ts';
import { countOf } from '../../../base/count-of.ts';
import { parseExactJson } from '../../../base/exact-number.ts';
import { quote } from '../../../base/text-problem.ts';
import type { ModelSource } from '../../../model/model-source.ts';
import { asArgument, commandLine } from '../../command-line.ts';
import { parseYaml } from '../../parse-yaml.ts';
import { readModelFile } from '../../read-model-file.ts';
import { readRelationshipFile } from '../../read-relationship-file.ts';
import { readTextFile } from '../../read-text-file.ts';
import { readStoreFile } from '../../store-file/read-store-file.ts';
import { YamlLines } from '../../yaml-lines.ts';
import type { PlannedAssertion } from '../plan/moving-plan.ts';
import type { OpenfgaSource, SourceTuple } from './openfga-source.ts';

/** Reads what `fga store export` or `fga tuple read` gave out; throws a sentence. */
export async function readOpenfgaFile(path: string, modelPath: string | undefined): Promise<OpenfgaSource> {
  const given = modelPath === undefined ? undefined : await readModelFile(modelPath);
  const extension = extname(path).toLowerCase();
  const text = await readTextFile(path);
  if (extension === '.csv') return listOf(path, given, await tuplesOfTable(path));
  if (extension === '.jsonl') return listOf(path, given, tuplesOfLines(path, text));
  const { value, lineOf } = readDocument(path, text);
  if (isStore(value)) return storeOf(path, text, value, lineOf, given);
  return listOf(path, given, tuplesIn(path, value, lineOf));
}

type LineOf = (path: readonly (string | number)[]) => number | undefined;

/** A larger file is read without places: that takes a multiple of its size. */
const mostPlacedCharacters = 8_000_000;

function readDocument(path: string, text: string): { readonly value: unknown; readonly lineOf: LineOf } {
  try {
    if (text.length > mostPlacedCharacters && /^\s*[[{]/.test(text)) {
      return { value: parseExactJson(text), lineOf: () => undefined };
    }
    const value = parseYaml(text);
    const lines = new YamlLines(text);
    return { value, lineOf: (place) => lines.find(place) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${quote(path)} cannot be read: ${reason}`, { cause: error });
  }
}

function isStore(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && ('model' in value || 'model_file' in value);
}

async function storeOf(
  path: string,
  text: string,
  store: Readonly<Record<string, unknown>>,
  lineOf: LineOf,
  given: ModelSource | undefined,
): Promise<OpenfgaSource> {
  const inner = Array.isArray(store.tuples)
    ? tuplesIn(path, store.tuples, (place) => lineOf(['tuples', ...place]))
    : [];
  const names = [store.tuple_file, ...(Array.isArray(store.tuple_files) ? store.tuple_files : [])];
  const files = names.filter((name) => typeof name === 'string').map((name) => join(dirname(path), name));
  const beside = await Promise.all(files.map((file) => readRelationshipFile(file)));
  const tuples = [...inner, ...beside.flat().map((value): SourceTuple => ({ line: undefined, value }))];
  const { assertions, warnings } = await assertionsOf(path, text);
  const model = given ?? (await modelOf(path, store));
  const modelBefore = given === undefined && typeof store.model === 'string' ? (lineOf(['model']) ?? 0) : 0;
  return { model, modelBefore, tuples, assertions, warnings: [...warnings, ...suspectStore(path, inner.length)] };
}

async function modelOf(path: string, store: Readonly<Record<string, unknown>>): Promise<ModelSource> {
  if (typeof store.model === 'string') return { kind: 'dsl', dsl: store.model };
  return readModelFile(join(dirname(path), String(store.model_file)));
}

/** Questions about the store as it is; those about other relationships are for the file itself. */
async function assertionsOf(path: string, text: string) {
  const worlds = await readStoreFile(path, text);
  const base = worlds[0]?.relationships.length ?? 0;
  const cases = worlds.flatMap((world) => (world.relationships.length > base ? [] : world.cases));
  const all = worlds.flatMap((world) => world.cases);
  const assertions = cases.flatMap((one): readonly PlannedAssertion[] => {
    if (one.kind !== 'check' || one.contextual.length > 0 || typeof one.expected !== 'string') return [];
    const { name: asked, user, relation, object, context, expected } = one;
    return [{ line: undefined, text: asked, user, relation, object, context, expected }];
  });
  const left = all.length - assertions.length;
  if (left === 0) return { assertions, warnings: [] };
  const next = `Next: ${commandLine(`test ${asArgument(path)}`)}`;
  return {
    assertions,
    warnings: [
      `${countOf(left, 'test')} of the file with lists or relationships of their own are not in the plan. ${next}`,
    ],
  };
}

function listOf(path: string, model: ModelSource | undefined, tuples: readonly SourceTuple[]): OpenfgaSource {
  if (model === undefined) {
    throw new Error(
      `${quote(path)} holds relationships, and no model that they are for. Next: name its file with --model.`,
    );
  }
  return { model, modelBefore: 0, tuples, assertions: [], warnings: suspectList(path, tuples.length) };
}

function tuplesIn(path: string, value: unknown, lineOf: LineOf): readonly SourceTuple[] {
  if (isRecord(value) && Array.isArray(value.tuples)) {
    if (typeof value.continuation_token === 'string' && value.continuation_token !== '') throw new Error(hasMore(path));
    return tuplesIn(path, value.tuples, (place) => lineOf(['tuples', ...place]));
  }
  if (!Array.isArray(value))
    throw new Error(
      `${quote(path)} is no store and no list of relationships. Next: name what "fga store export" or "fga tuple read" gave out.`,
    );
  return value.map((one: unknown, index) => ({ line: lineOf([index]), value: one }));
}

function hasMore(path: string): string {
  return `${quote(path)} is one page of several: its "continuation_token" says that there is more. Next: read all of it, with "fga tuple read --max-pages 0".`;
}

function tuplesOfLines(path: string, text: string): readonly SourceTuple[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return { line: index + 1, value: parseExactJson(line) };
    } catch (error) {
      throw new Error(`Line ${index + 1} of ${quote(path)} is not JSON.`, { cause: error });
    }
  });
}

async function tuplesOfTable(path: string): Promise<readonly SourceTuple[]> {
  // The first line names the columns.
  return (await readRelationshipFile(path)).map((value, index) => ({ line: index + 2, value }));
}

/** As many as the tools of OpenFGA give out at most when they are not asked for more, without a word. */
const mostOfExport = 100;
const mostOfRead: readonly number[] = [100, 1000, 2000];

function suspectStore(path: string, count: number): readonly string[] {
  if (count !== mostOfExport) return [];
  return [
    `${quote(path)} has exactly ${count} relationships, which is where "fga store export" stops without saying so: it may be cut off. Next: export with a higher --max-tuples, and compare.`,
  ];
}

function suspectList(path: string, count: number): readonly string[] {
  if (!mostOfRead.includes(count)) return [];
  return [
    `${quote(path)} has exactly ${count} relationships, which is where the tools of OpenFGA stop without saying so: it may be cut off. Next: read with "--max-pages 0", and compare.`,
  ];
}

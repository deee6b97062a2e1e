import { basename, dirname, extname, resolve } from 'node:path';
import { type DocumentNode, GraphQLError, parse, Source } from 'graphql';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import { readTextFile } from '../read-text-file.ts';
import { fetchSdl } from './fetch-sdl.ts';
import { type Finding, finding } from './finding.ts';
import { makeSubgraph, type Subgraph } from './subgraph.ts';

export interface ReadSubgraphs {
  readonly subgraphs: readonly Subgraph[];
  readonly unreadable: readonly Finding[];
}

/**
 * Reads subgraphs from files and from running servers; `name=` in front says what one is called, otherwise its file, its
 * folder or its host does. The problem is what could not be read at all.
 */
export async function readSubgraphs(sources: readonly string[]): Promise<Result<ReadSubgraphs, string>> {
  const named = sources.map(nameSource);
  const repeated = named.find(({ name }, index) => named.findIndex((other) => other.name === name) < index);
  if (repeated !== undefined) {
    const fix = `write another name in front, such as "other=${repeated.file}"`;
    return failed(`Two subgraphs are called ${quote(repeated.name)}; ${fix}.`);
  }
  const texts = await Promise.all(named.map(({ file }) => readSdl(file)));
  const subgraphs: Subgraph[] = [];
  const unreadable: Finding[] = [];
  for (const [{ name, file }, text] of zip(named, texts)) {
    if (!text.ok) return text;
    const document = parseSdl(file, text.value);
    if (document.ok) subgraphs.push(makeSubgraph(name, file, document.value));
    else unreadable.push(document.problem);
  }
  return ok({ subgraphs, unreadable });
}

/** A schema with the places of its file, or the finding that it is none. */
export function parseSdl(file: string, sdl: string): Result<DocumentNode, Finding> {
  try {
    return ok(parse(new Source(sdl, file)));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    return failed(finding('unreadable-sdl', { file, line, column }, `The SDL cannot be read: ${error.message}`));
  }
}

/** The text of a file or of a server's `_service`. */
export async function readSdl(file: string): Promise<Result<string, string>> {
  if (isUrl(file)) return fetchSdl(file);
  if (/^\w+:\/\//.test(file)) return failed(`${quote(file)} is no "http://" or "https://" address, and no file.`);
  try {
    return ok(await readTextFile(file));
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** What a subgraph is called. */
export function nameOfSource(source: string): string {
  return nameSource(source).name;
}

function nameSource(source: string): { readonly name: string; readonly file: string } {
  const [, given, rest] = /^([A-Za-z_][\w-]*)=(.+)$/s.exec(source) ?? [];
  const file = rest ?? source;
  return { name: given ?? defaultName(file), file };
}

/** `music` for `music/schema.graphql`, and for `music.graphql`. */
function defaultName(file: string): string {
  if (isUrl(file)) return URL.parse(file)?.host.replaceAll(/[^\w-]/g, '-') ?? file;
  const name = basename(file, extname(file));
  return name === 'schema' || name === 'subgraph' ? basename(dirname(resolve(file))) : name;
}

function isUrl(file: string): boolean {
  return /^https?:\/\//.test(file);
}

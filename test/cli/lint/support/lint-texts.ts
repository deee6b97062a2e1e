import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requiresPermissionSDL } from '#guard/directive';
import { type LintOptions, runLint } from '../../../../src/cli/lint/run-lint.ts';
import { readConfig } from '../../../../src/server/config.ts';

/** Stands in a text before the place where a finding is expected; it is taken away before anybody reads the text. */
const mark = '‸';

export const model = `model
  schema 1.1
type user
type platform
  relations
    define admin: [user]
    define can_import: admin
type album
  relations
    define finance: [user]
    define can_edit: finance
    define can_view_royalties: finance
type track
  relations
    define owner: [user]
    define can_edit: owner
    define can_listen: owner
    define can_view_stats: owner
`;

const federation = `@link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key" "@external" "@requires" "@provides" "@shareable" "@override" "@interfaceObject" "@composeDirective"
    "@context" "@fromContext" "FieldSet"
  ])`;
export const link = '@link(url: "https://specs.postern.dev/postern/v1.0", import: ["@requiresPermission"])';
export const composed = '@composeDirective(name: "@requiresPermission")';

/** A subgraph whose schema is linked in the given way. */
export function linked(links: string, body: string, definition = requiresPermissionSDL): string {
  return `extend schema\n  ${federation}\n  ${links}\n${definition}\ntype Query { version: Int @shareable }\n${body}`;
}

/** A subgraph that does all that a guard needs. */
export function subgraph(body: string): string {
  return linked(`${link}\n  ${composed}`, body);
}

export interface Linted {
  /** The exit code, or what kept it from running. */
  readonly end: number | string;
  readonly output: string;
  /** `file:line:column code`, for every finding. */
  readonly found: readonly string[];
  /** Where the texts have marks, in the same form but without a code. */
  readonly marked: readonly string[];
}

type More = Partial<LintOptions> & { readonly environment?: Readonly<Record<string, string>> };

/** Lints texts by the names of their files, from a folder of their own; a file `supergraph.graphql` is the supergraph. */
export async function lintTexts(texts: Readonly<Record<string, string>>, more: More = {}): Promise<Linted> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-lint-'));
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'model.fga'), model);
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text.replaceAll(mark, ''));
    const files = Object.keys(texts).filter((name) => name !== 'supergraph.graphql');
    const sources = files.map((name) => join(folder, name));
    const lines: string[] = [];
    const ran = await runLint({
      sources,
      model: join(folder, 'model.fga'),
      format: 'json',
      permissions: false,
      ...('supergraph.graphql' in texts && { supergraph: join(folder, 'supergraph.graphql') }),
      config: () => configOf(more.environment ?? {}),
      print: (line) => lines.push(line),
      ...more,
    });
    const output = lines.join('\n').replaceAll(`${folder}/`, '');
    const end = ran.ok ? ran.value : ran.problem.replaceAll(`${folder}/`, '');
    return { end, output, found: ran.ok && output.startsWith('{') ? placesOf(output) : [], marked: marksOf(texts) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function configOf(environment: Readonly<Record<string, string>>) {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.problem.join('\n'));
  return config.value;
}

interface Report {
  readonly findings: readonly { readonly file: string; readonly line: number; readonly column: number; code: string }[];
}

function placesOf(output: string): readonly string[] {
  const { findings } = JSON.parse(output) as Report;
  return findings.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
}

function marksOf(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(texts).flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => {
      const column = line.indexOf(mark);
      return column < 0 ? [] : [`${file}:${index + 1}:${column + 1}`];
    }),
  );
}

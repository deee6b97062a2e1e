import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';

export interface IdeFile {
  readonly type: string;
  readonly body: Buffer | string;
}

/** The files of the IDE by their names, or undefined where it is not installed: it is for development. */
export function findIdeFiles(): ReadonlyMap<string, string> | undefined {
  const folder = ideFolder();
  if (folder === undefined) return undefined;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const known = names.filter((name) => mediaTypes.has(extname(name)) && !name.startsWith(`iframe-sandbox${sep}`));
  const files = known.map((name): [string, string] => [name.replaceAll(sep, '/'), join(folder, name)]);
  return new Map([...files, [startScript, join(import.meta.dirname, startScript)]]);
}

export async function readIdeFile(name: string, path: string): Promise<IdeFile> {
  const type = mediaTypes.get(extname(path)) ?? 'application/octet-stream';
  if (name === 'index.html') return { type, body: pageOf(await readFile(path, 'utf8')) };
  if (name === 'assets/i18n/en-US.json') return { type, body: withOwnWords(await readFile(path, 'utf8')) };
  return { type, body: await readFile(path) };
}

/** Ours, and not the package's: what fills the tabs in. */
const startScript = 'start.js';

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
]);

function ideFolder(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('altair-static/package.json');
    return join(dirname(manifest), 'build', 'dist');
  } catch {
    return undefined;
  }
}

function pageOf(html: string): string {
  return html
    .replace('<title>Altair</title>', '<title>Postern</title>')
    .replace('<base href="/" />', '<base href="/ide/" />')
    .replace('</body>', `<script type="module" src="${startScript}"></script></body>`);
}

function withOwnWords(json: string): string {
  const words: unknown = JSON.parse(json);
  return JSON.stringify(Object.assign({}, words, ownWords));
}

const ownWords = {
  NO_ENVIRONMENT_TEXT: 'Each tab as its caller',
  QUERY_RESULT_NO_RESULT_TEXT: 'Press "Send Request"',
};

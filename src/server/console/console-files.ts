import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that the build made; its name changes with what is in it. */
export interface ConsoleAsset {
  readonly type: string;
  readonly body: Buffer;
  /** The same, compressed with Brotli by the build. */
  readonly compressed: Buffer | undefined;
}

/** What browsers get of the console, read once: a path is looked up, and never leads to a file. */
export interface ConsoleFiles {
  /** The page that every address of the console is answered with. */
  readonly page: string;
  /** By their names. */
  readonly assets: ReadonlyMap<string, ConsoleAsset>;
}

const usualFolder = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** Undefined where the console is not built. */
export function readConsoleFiles(folder = usualFolder): ConsoleFiles | undefined {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return undefined;
  const names = readdirSync(join(folder, 'assets'), { encoding: 'utf8' });
  const assets = names.flatMap((name): (readonly [string, ConsoleAsset])[] => {
    const type = mediaTypes.get(extname(name));
    return type === undefined ? [] : [[name, readAsset(join(folder, 'assets', name), type)]];
  });
  return { page: readFileSync(page, 'utf8'), assets: new Map(assets) };
}

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

function readAsset(path: string, type: string): ConsoleAsset {
  const compressed = `${path}.br`;
  return { type, body: readFileSync(path), compressed: existsSync(compressed) ? readFileSync(compressed) : undefined };
}

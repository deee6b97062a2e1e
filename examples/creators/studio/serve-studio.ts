import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOwnBrowser } from '../../../src/server/http/is-own-browser.ts';
import type { Ide, IdeAnswer, IdeRequest } from '../../../src/server/ide/ide.ts';
import type { StudioSession } from './src/session.ts';

/** What browsers get at `/studio`; its files are read once, and a path is looked up and never leads to a file. */
export function serveStudio(session: () => StudioSession): Ide {
  const files = readFiles();
  return {
    answer: async (request) => {
      const path = request.target.split('?', 1)[0] ?? '';
      if (request.method !== 'GET' || !/^\/studio(?:\/|$)/.test(path)) return undefined;
      return path === '/studio/session.json' ? answerSession(request, session) : answerFile(path, files);
    },
  };
}

/** Development tokens are for a page of this gateway, in a browser of this machine, and for nobody else. */
function answerSession(request: IdeRequest, session: () => StudioSession): IdeAnswer {
  const isOwn = isOwnBrowser(request);
  const body = JSON.stringify(isOwn ? session() : { callers: [], consoleUrl: '' });
  return { status: 200, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body };
}

function answerFile(path: string, files: ReadonlyMap<string, IdeAnswer>): IdeAnswer {
  const known = files.get(path) ?? (path.startsWith('/studio/assets/') ? undefined : files.get('/studio/index.html'));
  return known ?? { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: missing };
}

const missing = 'There is no such file. Without any, the studio is not built: "npm run demo" builds it.\n';
const folder = fileURLToPath(new URL('./dist', import.meta.url));

function readFiles(): ReadonlyMap<string, IdeAnswer> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names.flatMap((name): (readonly [string, IdeAnswer])[] => {
      const type = mediaTypes.get(extname(name));
      if (type === undefined) return [];
      const body = readFileSync(join(folder, name));
      return [[`/studio/${name}`, { status: 200, headers: { ...headers, 'content-type': type }, body }]];
    }),
  );
}

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** As the console's: files of this server run, and nothing that is inserted into the page. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

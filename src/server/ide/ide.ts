import { isOwnBrowser, type RequestSender, type SenderHeaders } from '../http/is-own-browser.ts';
import { findIdeFiles, readIdeFile } from './ide-files.ts';

/** Somebody whom the IDE asks as. */
export interface IdeCaller {
  readonly subject: string;
  /** One line: who that is, and what to look at. */
  readonly note: string;
  readonly query: string;
  readonly token: string;
}

export interface IdeOptions {
  readonly title: string;
  /** Asked for each time the page opens, so that tokens are fresh; without callers a token is pasted by hand. */
  readonly callers: () => Promise<readonly IdeCaller[]>;
}

/** What the IDE has to know of a request. */
export interface IdeRequest extends RequestSender {
  readonly method: string;
  /** Path and query, as they arrived. */
  readonly target: string;
  readonly headers: SenderHeaders & { readonly accept?: string | undefined };
}

export interface IdeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** An IDE for browsers at `/` and `/graphql`, whose files and tokens all come from this server. */
export interface Ide {
  /** Undefined for what is not the IDE's. */
  answer(request: IdeRequest): Promise<IdeAnswer | undefined>;
}

/** For development only. Undefined where its files are not installed. */
export function createIde(options: IdeOptions): Ide | undefined {
  const files = findIdeFiles();
  return files && { answer: async (request) => answer(request, files, options) };
}

async function answer(
  request: IdeRequest,
  files: ReadonlyMap<string, string>,
  { title, callers }: IdeOptions,
): Promise<IdeAnswer | undefined> {
  if (request.method !== 'GET') return undefined;
  const [path = '', query] = request.target.split('?');
  const isPage = path === '/' || (path === '/graphql' && query === undefined && wantsPage(request));
  const name = isPage ? 'index.html' : /^\/ide\/(.+)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  if (name === 'callers.json') {
    const known = isOwnBrowser(request) ? await callers() : [];
    return found('application/json; charset=utf-8', JSON.stringify({ title, callers: known }));
  }
  const file = files.get(name);
  if (file === undefined) return { ...found('text/plain; charset=utf-8', 'There is no such file.\n'), status: 404 };
  const { type, body } = await readIdeFile(name, file);
  return found(type, body);
}

function wantsPage({ headers }: IdeRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

function found(type: string, body: Buffer | string): IdeAnswer {
  return { status: 200, headers: { ...ideHeaders, 'content-type': type }, body };
}

/** The editor makes its styles while it runs; everything else comes from this server or does not come at all. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ideHeaders = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

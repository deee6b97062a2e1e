import { isIP } from 'node:net';
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

/** What the IDE has to know of a request; of the headers, those in {@link IdeHeaders}. */
export interface IdeRequest {
  readonly method: string;
  /** Path and query, as they arrived. */
  readonly target: string;
  readonly headers: IdeHeaders;
  /** Who is at the other end of the connection. */
  readonly remoteAddress: string | undefined;
}

export interface IdeHeaders {
  readonly accept?: string | undefined;
  readonly host?: string | undefined;
  readonly 'sec-fetch-site'?: string | readonly string[] | undefined;
  /** These say that somebody else stands between. */
  readonly forwarded?: string | undefined;
  readonly via?: string | undefined;
  readonly 'x-forwarded-for'?: string | readonly string[] | undefined;
  readonly 'x-forwarded-host'?: string | readonly string[] | undefined;
  readonly 'x-real-ip'?: string | readonly string[] | undefined;
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
    const known = mayHaveTokens(request) ? await callers() : [];
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

/**
 * Tokens go to a browser on this machine that shows a page of this server, and to nobody else: not to other machines,
 * nor through a proxy here, not to pages of other origins, and not to a page whose name was made to lead here.
 */
function mayHaveTokens({ headers, remoteAddress }: IdeRequest): boolean {
  const site = headers['sec-fetch-site'];
  const isOwnPage = site === undefined || site === 'same-origin' || site === 'none';
  const isDirect = proxyHeaders.every((name) => headers[name] === undefined);
  return isOwnPage && isDirect && isLoopback(remoteAddress ?? '') && isNameOfThisMachine(headers.host ?? '');
}

const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;

function isLoopback(address: string): boolean {
  const v4 = address.replace(/^::ffff:/, '');
  return v4 === '::1' || (isIP(v4) === 4 && v4.startsWith('127.'));
}

function isNameOfThisMachine(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || isLoopback(name);
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

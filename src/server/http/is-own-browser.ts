import { isIP } from 'node:net';

/** What is looked at of a request; of the headers, those in {@link SenderHeaders}. */
export interface RequestSender {
  readonly headers: SenderHeaders;
  /** Who is at the other end of the connection. */
  readonly remoteAddress: string | undefined;
}

export interface SenderHeaders {
  readonly host?: string | undefined;
  readonly 'sec-fetch-site'?: string | readonly string[] | undefined;
  /** These say that somebody else stands between. */
  readonly forwarded?: string | undefined;
  readonly via?: string | undefined;
  readonly 'x-forwarded-for'?: string | readonly string[] | undefined;
  readonly 'x-forwarded-host'?: string | readonly string[] | undefined;
  readonly 'x-real-ip'?: string | readonly string[] | undefined;
}

/**
 * A browser on this machine that shows a page of this server: not on another machine, nor through a proxy here, not a page of
 * another origin, and not one whose name was made to lead here. Nobody else is given a development token.
 */
export function isOwnBrowser({ headers, remoteAddress }: RequestSender): boolean {
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

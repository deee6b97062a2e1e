import type { SoakServer } from './run-server.ts';

export interface Replied {
  readonly ms: number;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** Of the first error, or of HTTP; or why nothing came. */
  readonly code: string | undefined;
}

/** Asks a server, whichever is there now. */
export async function askServer(
  { url, tokens }: Pick<SoakServer, 'url' | 'tokens'>,
  as: string,
  query: string,
): Promise<Replied> {
  const start = performance.now();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[as]}` };
  const sent = fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(60_000),
  });
  const replied = await sent.then(read, (error: Error) => ({ data: undefined, code: reasonOf(error) }));
  return { ...replied, ms: performance.now() - start };
}

async function read(response: Response): Promise<Omit<Replied, 'ms'>> {
  const text = await response.text().catch(() => '');
  if (!text.startsWith('{')) return { data: undefined, code: `status ${response.status}` };
  const { data, errors = [] } = JSON.parse(text);
  return { data: data ?? undefined, code: errors[0]?.extensions?.code ?? (data === undefined ? 'no data' : undefined) };
}

/** "ECONNRESET", for a request that was cut off. */
function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}

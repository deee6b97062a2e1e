/** The most bytes of an answer: 1,000 decisions are far below it. */
const maxBytes = 1_000_000;

/** What came of a request: an answer that was read to its end, or none. */
export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  /** `reason` ends the sentence "Postern …". */
  | { readonly kind: 'none'; readonly reason: string };

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Sends one request. The timeout covers all of it, the last byte of the answer included. Never rejects. */
export async function exchange(fetch: Fetch, url: string, init: RequestInit, timeoutMs: number): Promise<Exchange> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Exchange>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'none', reason: `did not answer within ${timeoutMs} ms` });
      controller.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([late, send(fetch, url, { ...init, signal: controller.signal })]);
  } finally {
    clearTimeout(timer);
  }
}

async function send(fetch: Fetch, url: string, init: RequestInit): Promise<Exchange> {
  try {
    // A redirect is an answer like any other: whom it names is not who was chosen to decide.
    return await readAnswer(await fetchOverOpenConnection(fetch, url, { ...init, redirect: 'manual' }));
  } catch (error) {
    // Messages of fetch can quote headers, and with them the token; so only codes are told.
    return { kind: 'none', reason: `cannot be reached (${codeOf(error)})` };
  }
}

/** What the other side says when it has closed a connection, perhaps while nobody used it. */
const closed: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** A question changes nothing, so it may be sent once more when the connection that was kept open for it had just been closed. */
async function fetchOverOpenConnection(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (!closed.has(codeOf(error)) || init.signal?.aborted) throw error;
    return await fetch(url, init);
  }
}

/** What is read: decisions, and why there are none at the moment. */
const told: ReadonlySet<number> = new Set([200, 503]);

async function readAnswer(response: Response): Promise<Exchange> {
  const { status, body } = response;
  if (!told.has(status)) {
    await body?.cancel();
    return { kind: 'answer', status, body: '' };
  }
  const text = await readBounded(body);
  if (text === undefined) return { kind: 'answer', status: status === 200 ? 413 : status, body: '' };
  return { kind: 'answer', status, body: text };
}

/** The text of a body, or undefined when it has too many bytes; the rest is not read. */
async function readBounded(body: Response['body']): Promise<string | undefined> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

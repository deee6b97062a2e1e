import { createClient, NetworkError } from 'graphql-sse';
import type { TypedDocumentString } from './__generated__/operations.ts';
import { AskError } from './ask-error.ts';
import { send } from './send.ts';

/** The server says something this often at least, if only that it is there. */
const longestSilenceMs = 40_000;

const client = createClient({
  url: '/console/graphql/stream',
  retryAttempts: 0,
  fetchFn: async (input: string, request: RequestInit) => endIfSilent(await send(input, request)),
});

export interface Listening<Answer> {
  readonly onConnected: () => void;
  readonly onAnswer: (answer: Answer) => void;
}

/** Listens to a subscription until the signal says otherwise; throws the reason if there is no more before. */
export function stream<Answer, Variables extends object>(
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  { onConnected, onAnswer }: Listening<Answer>,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const leave = client.subscribe<Answer & Record<string, unknown>>(
    { query: String(document), variables: Object.fromEntries(Object.entries(variables)) },
    {
      next: ({ data, errors }) => {
        const [error] = errors ?? [];
        if (error !== undefined) reject(new AskError(codeIn(error.extensions), error.message));
        else if (data != null) onAnswer(data);
      },
      error: (error) => reject(error instanceof NetworkError ? askErrorOf(error) : error),
      complete: resolve,
    },
    { connected: onConnected },
  );
  const stop = () => {
    leave();
    resolve();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return promise.finally(() => {
    signal.removeEventListener('abort', stop);
    leave();
  });
}

function askErrorOf({ response, message }: NetworkError): AskError {
  return new AskError(codeOfStatus(response?.status), message);
}

function codeIn(extensions: { readonly code?: unknown } | undefined): string {
  return typeof extensions?.code === 'string' ? extensions.code : 'UNKNOWN';
}

function codeOfStatus(status: number | undefined): string {
  const codes = new Map([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
  ]);
  return codes.get(status ?? 0) ?? 'UNREACHABLE';
}

/** A connection that is gone without a word, as when a laptop was asleep, looks like one on which nothing happens. */
function endIfSilent(response: Response): Response {
  if (response.body === null) return response;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = (controller: TransformStreamDefaultController<Uint8Array>) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.error(new TypeError('The server is silent.')), longestSilenceMs);
  };
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    start: watch,
    transform: (chunk, controller) => {
      watch(controller);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
  return new Response(response.body.pipeThrough(watched), response);
}

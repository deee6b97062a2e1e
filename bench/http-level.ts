import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchLevel, PreparedRequests } from './bench-level.ts';
import type { BenchRequest } from './bench-request.ts';
import { type StatementCount, summarizeCounts } from './count-statements.ts';
import { openHttpClient } from './http-client.ts';
import type { ServerAnswer, ServerRequest } from './http-protocol.ts';
import { answerIn, bodyOf, callerOf } from './http-request.ts';

/** A real server in a process of its own, so that the client's work is not taken for the server's. */
export async function openHttpLevel(databaseUrl: string): Promise<BenchLevel> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-bench-'));
  const child = fork(fileURLToPath(new URL('serve.ts', import.meta.url)), [databaseUrl], {
    // The signing key of the development tokens is kept where the server runs.
    cwd: folder,
    // As deployed: GraphQL does without its checks for developers.
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: process.execArgv.filter((argument) => argument.startsWith('--cpu-prof')),
  });
  const ready = await nextAnswer(child, 'ready');
  const request = <Kind extends ServerRequest['kind']>(message: Extract<ServerRequest, { kind: Kind }>) => {
    child.send(message);
    return nextAnswer(child, answerKinds[message.kind] as (typeof answerKinds)[Kind]);
  };
  return {
    prepare: async (requests) => {
      const { tokens } = await request({ kind: 'sign', subjects: requests.map(callerOf) });
      return preparedRequests(await signRequests(requests, tokens, ready.url), ready, async () => {
        const { statements, transactionStatements } = await request({ kind: 'statements' });
        return { statements, transactionStatements };
      });
    },
    cpuUsed: async () => (await request({ kind: 'cpu' })).usedMs,
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const answerKinds = { sign: 'tokens', cpu: 'cpu', statements: 'statements' } as const;

/** The next message of the server; an end of its process is an error and not a silence. */
async function nextAnswer<Kind extends ServerAnswer['kind']>(child: ChildProcess, kind: Kind) {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`The server ended with ${String(code)}.`);
  });
  exit.catch(() => {});
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exit])) as [ServerAnswer];
    if (message.kind !== kind) throw new Error(`The server answered "${message.kind}" and not "${kind}".`);
    return message as Extract<ServerAnswer, { kind: Kind }>;
  } finally {
    ended.abort();
  }
}

interface SignedRequest {
  readonly request: BenchRequest;
  readonly body: string;
  readonly token: string;
}

async function signRequests(
  requests: readonly BenchRequest[],
  tokens: readonly string[],
  url: string,
): Promise<readonly SignedRequest[]> {
  const client = openHttpClient(1);
  const signed: SignedRequest[] = [];
  for (const [index, request] of requests.entries()) {
    const token = tokens[index] ?? '';
    signed.push({ request, token, body: await bodyOf(request, (body) => client.post(url, body, token)) });
  }
  client.close();
  return signed;
}

function preparedRequests(
  requests: readonly SignedRequest[],
  urls: { readonly url: string; readonly countingUrl: string },
  takeStatements: () => Promise<StatementCount>,
): PreparedRequests {
  const requestAt = (index: number) => requests[index % requests.length] as SignedRequest;
  return {
    answer: async (index) => {
      const client = openHttpClient(1);
      const { request, body, token } = requestAt(index);
      const text = await client.post(urls.url, body, token);
      client.close();
      return answerIn(request, text);
    },
    count: async () => {
      const client = openHttpClient(1);
      const counts = [];
      // The first request of a server also reads the model.
      await client.post(urls.countingUrl, requestAt(0).body, requestAt(0).token);
      await takeStatements();
      for (const { body, token } of requests) {
        await client.post(urls.countingUrl, body, token);
        counts.push(await takeStatements());
      }
      client.close();
      return { ...summarizeCounts(counts), rows: undefined, lookups: undefined };
    },
    connect: (inFlight) => {
      const client = openHttpClient(inFlight);
      return {
        ask: async (index) => {
          const { body, token } = requestAt(index);
          await client.post(urls.url, body, token);
        },
        close: () => client.close(),
      };
    },
  };
}

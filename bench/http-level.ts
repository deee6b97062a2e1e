import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatObjectRef } from '../src/model/object-ref.ts';
import { meanOf } from './count-statements.ts';
import { type HttpClient, openHttpClient } from './http-client.ts';
import type { ServerAnswer, ServerRequest } from './http-protocol.ts';
import type { Page } from './make-pages.ts';
import { pageQuery, permissionsIn } from './page-query.ts';
import type { Cost } from './report.ts';

/** A real server in a process of its own, so that the client's work is not taken for the server's. */
export interface HttpLevel {
  /** Makes the pages ready to be asked. */
  prepare(pages: readonly Page[]): Promise<HttpPages>;
  cpuUsed(): Promise<number>;
  close(): Promise<void>;
}

export interface HttpPages {
  /** Sends one page and takes the answer in; it is only looked into when it is not the one that was seen first. */
  ask(client: HttpClient, index: number): Promise<void>;
  /** The permissions of a page that the server answered with yes, in the order of the page's checks. */
  answer(index: number): Promise<readonly boolean[]>;
  count(): Promise<Cost>;
}

export async function openHttpLevel(databaseUrl: string): Promise<HttpLevel> {
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
    prepare: async (pages) => {
      const subjects = pages.map(({ viewer }) => formatObjectRef(viewer));
      const { tokens } = await request({ kind: 'sign', subjects });
      const requests = pages.map((page, index) => ({ body: pageQuery(page), token: tokens[index] ?? '' }));
      return preparePages(pages, requests, ready, async () => {
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

interface PageRequest {
  readonly body: string;
  readonly token: string;
}

function preparePages(
  pages: readonly Page[],
  requests: readonly PageRequest[],
  urls: { readonly url: string; readonly countingUrl: string },
  takeStatements: () => Promise<{ statements: number; transactionStatements: number }>,
): HttpPages {
  const requestAt = (index: number) => requests[index % requests.length] as PageRequest;
  return {
    ask: async (client, index) => {
      const { body, token } = requestAt(index);
      await client.post(urls.url, body, token);
    },
    answer: async (index) => {
      const client = openHttpClient(1);
      const { body, token } = requestAt(index);
      const text = await client.post(urls.url, body, token);
      client.close();
      return permissionsIn(pages[index % pages.length] as Page, text);
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
      return {
        statements: meanOf(counts.map(({ statements }) => statements)),
        mostStatements: Math.max(...counts.map(({ statements }) => statements)),
        transactionStatements: meanOf(counts.map(({ transactionStatements }) => transactionStatements)),
        rows: undefined,
        lookups: undefined,
      };
    },
  };
}

import type { BenchLevel, PreparedRequests } from './bench-level.ts';
import type { BenchRequest } from './bench-request.ts';
import { summarizeCounts } from './count-statements.ts';
import { openHttpClient } from './http-client.ts';
import { answerIn, bodyOf, callerOf } from './http-request.ts';
import { treeUsedMs } from './process-times.ts';
import { type CountingServer, startCounting } from './start-counting.ts';
import { type Issuer, startIssuer } from './start-issuer.ts';
import { ownCheckout, startServer } from './start-server.ts';
import { untilRested } from './until-rested.ts';

/** A real server in a process of its own, so that the client's work is not taken for the server's. */
export async function openHttpLevel(databaseUrl: string): Promise<BenchLevel> {
  const issuer = await startIssuer();
  // What is too much for one caller is refused, and here one asks everything.
  const environment = { POSTERN_REQUESTS_AT_ONCE: '10000' };
  const server = await startServer({ checkout: ownCheckout, databaseUrl, issuer, environment });
  const counting = await startCounting({ databaseUrl, issuer, environment });
  await untilRested(() => treeUsedMs(process.pid));
  return {
    prepare: async (requests) =>
      preparedRequests(await signRequests(requests, issuer, server.url), server.url, counting),
    cpuUsed: server.cpuUsed,
    close: async () => {
      await Promise.all([server.stop(), counting.stop()]);
      await issuer.stop();
    },
  };
}

/** A request with everything that sending it takes. */
export interface SignedRequest {
  readonly request: BenchRequest;
  /** Another one each time where the request writes. */
  readonly body: () => string;
  readonly token: string;
}

export async function signRequests(
  requests: readonly BenchRequest[],
  issuer: Pick<Issuer, 'sign'>,
  url: string,
): Promise<readonly SignedRequest[]> {
  const client = openHttpClient(1);
  const signed: SignedRequest[] = [];
  for (const request of requests) {
    const token = await issuer.sign(callerOf(request));
    signed.push({ request, token, body: await bodyOf(request, (body) => client.post(url, body, token)) });
  }
  client.close();
  return signed;
}

/** Requests that are sent to this server. */
export function sendTo(requests: readonly SignedRequest[], url: string): Pick<PreparedRequests, 'answer' | 'connect'> {
  const requestAt = (index: number) => requests[index % requests.length] as SignedRequest;
  return {
    answer: async (index) => {
      const client = openHttpClient(1);
      const { request, body, token } = requestAt(index);
      const text = await client.post(url, body(), token);
      client.close();
      return answerIn(request, text);
    },
    connect: (inFlight) => {
      const client = openHttpClient(inFlight);
      return {
        ask: async (index) => {
          const { request, body, token } = requestAt(index);
          const text = await client.post(url, body(), token);
          // A refused write is a success of HTTP; what was only read needs no second look.
          if (request.kind === 'grant') answerIn(request, text);
        },
        close: () => client.close(),
      };
    },
  };
}

function preparedRequests(requests: readonly SignedRequest[], url: string, counting: CountingServer): PreparedRequests {
  return {
    ...sendTo(requests, url),
    count: async () => {
      const counted = sendTo(requests, counting.url);
      const counts = [];
      // The first request of a server also reads the model.
      await counted.answer(0);
      await counting.take();
      for (const index of requests.keys()) {
        await counted.answer(index);
        counts.push(await counting.take());
      }
      return { ...summarizeCounts(counts), rows: undefined, lookups: undefined };
    },
  };
}

import { createMcpHandler } from '@modelcontextprotocol/server';
import { invariant } from '../../base/invariant.ts';
import { createMcpServer, type Serving } from '../../mcp/create-mcp-server.ts';
import type { Postern } from '../../operations/postern.ts';

/** A message as it was sent. */
export interface SentMessage {
  /** Where this server is found, by its settings: nothing is made of what the request says of that. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Speaks the protocol: whatever a message is, there is an answer to it, when all that was done for it has ended. The end of the connection
 * is nothing that it is told of: it would answer at once, and what is still worked on would take no room of the gate.
 */
export interface Speaker {
  answer(message: SentMessage, serving: Serving): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Of each message the headers must say the same as the body, and which revision it is of; that is looked at before anything is asked.
 * Messages of revisions with sessions are told which one is spoken here.
 */
export function createSpeaker(report: Postern['report']): Speaker {
  const servings = new WeakMap<Request, Serving>();
  const handler = createMcpHandler(
    ({ requestInfo }) => {
      const serving = requestInfo && servings.get(requestInfo);
      invariant(serving !== undefined, 'each message is of somebody');
      return createMcpServer(serving);
    },
    { legacy: 'reject', maxSubscriptions: 1, keepAliveMs: 0 },
  );
  return {
    answer: async ({ url, headers, body }, serving) => {
      const request = new Request(url, { method: 'POST', headers });
      servings.set(request, serving);
      const response = await handler.fetch(request, { parsedBody: body });
      if (response.status >= 500)
        report('A message of an agent could not be answered.', new Error(response.statusText));
      return response;
    },
    close: () => handler.close(),
  };
}

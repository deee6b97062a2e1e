import type { Answer, PosternServer } from '../../support/postern-server.ts';

export const revision = '2026-07-28';

/** Settings of a server that agents may ask and propose at. */
export const mcpOn = { POSTERN_MCP: 'propose', POSTERN_MCP_URL: 'http://localhost:4000/mcp' } as const;

export interface McpAsking {
  /** Whose token it carries; nobody's for null. */
  readonly as: string | null;
  /** Who acts for them. */
  readonly by?: string;
  /** In place of those that say the same as the body; one that is empty is left out. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of what clients say of themselves. */
  readonly meta?: object;
}

/** An answer of the door, with its message. */
export interface McpAnswer extends Answer {
  readonly body: { readonly result?: McpResult; readonly error?: McpError } | undefined;
}

export interface McpResult {
  readonly [member: string]: unknown;
  readonly content?: readonly { readonly type: string; readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

export interface McpError {
  readonly code: number;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Sends a message as a client of the revision does. */
export async function sendMessage(
  server: PosternServer,
  method: string,
  params: Readonly<Record<string, unknown>>,
  asking: McpAsking,
): Promise<McpAnswer> {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'test-client', version: '1.0' },
    'io.modelcontextprotocol/clientCapabilities': {},
    ...asking.meta,
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { ...params, _meta: meta } });
  const name = params.name ?? params.uri;
  const own = { 'mcp-method': method, ...(typeof name === 'string' && { 'mcp-name': name }) };
  return postMessage(server, body, { ...asking, headers: { ...own, ...asking.headers } });
}

/** Sends any body. */
export async function postMessage(
  server: PosternServer,
  body: string,
  { as, by, headers = {} }: McpAsking,
): Promise<McpAnswer> {
  const authorization = as === null ? {} : { authorization: `Bearer ${await server.token(as, by)}` };
  const usual = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': revision,
  };
  const all = Object.entries({ ...usual, ...authorization, ...headers }).filter(([, value]) => value !== '');
  const answer = await server.send('/mcp', { method: 'POST', headers: Object.fromEntries(all), body });
  return { ...answer, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
}

/** Calls a tool. */
export function callTool(
  server: PosternServer,
  name: string,
  args: Readonly<Record<string, unknown>>,
  asking: McpAsking,
): Promise<McpAnswer> {
  return sendMessage(server, 'tools/call', { name, arguments: args }, asking);
}

/** The code of why a call has no answer; undefined where it has one. */
export function problemCodeOf({ body }: McpAnswer): unknown {
  const error = body?.result?._meta?.['dev.postern/error'];
  if (typeof error === 'object' && error !== null && 'code' in error) return error.code;
  return body?.error?.data?.code;
}

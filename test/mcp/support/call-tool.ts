import type { PosternServer } from '../../support/postern-server.ts';
import { callTool as callAtDoor } from './mcp-client.ts';

export interface Caller {
  readonly as: string;
  readonly by?: string;
}

/** What a call is answered: data and words, or why there are none. */
export type Called =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly says: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Calls a tool at the door, as a client does. */
export async function callTool(
  server: PosternServer,
  name: string,
  sent: Readonly<Record<string, unknown>>,
  caller: Caller,
): Promise<Called> {
  const { body, text } = await callAtDoor(server, name, sent, caller);
  const { isError = false, structuredContent: data, content = [], _meta: meta } = body?.result ?? {};
  if (isError) return { ok: false, ...(meta?.['dev.postern/error'] as Omit<Extract<Called, { ok: false }>, 'ok'>) };
  if (data === undefined) throw new Error(text);
  return { ok: true, data, says: content.map((one) => one.text).join(' ') };
}

/** Every text of some data, whatever it is a part of. */
export function textsIn(data: unknown): readonly string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}

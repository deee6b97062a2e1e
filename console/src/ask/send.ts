import { AskError } from './ask-error.ts';

/** Asks this server, and no other one. */
export function get(path: string): Promise<Response> {
  return send(path, { headers: { accept: 'application/json' } });
}

/** Sends JSON to this server. */
export function post(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
  return send(path, {
    method: 'POST',
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

/** The only way in which anything is asked. */
export function send(path: string, request: RequestInit): Promise<Response> {
  return fetch(path, request).catch(() => {
    throw new AskError('UNREACHABLE', 'The server cannot be reached.');
  });
}

import { AskError } from './ask-error.ts';
import { noteServerTime } from './server-clock.ts';
import { shownSubject } from './shown-subject.ts';

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

/** The only way in which anything is asked: as whoever the page is shown to, and as nobody else. */
export async function send(path: string, request: RequestInit): Promise<Response> {
  const subject = shownSubject();
  const headers = new Headers(request.headers);
  if (subject !== undefined) headers.set('postern-subject', encodeURIComponent(subject));
  const response = await fetch(path, { ...request, headers }).catch(() => {
    throw new AskError('UNREACHABLE', 'The server cannot be reached.');
  });
  noteServerTime(response);
  return response;
}

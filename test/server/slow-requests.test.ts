import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { arrivalMs: 400 });

const head = 'POST /graphql HTTP/1.1\r\nHost: postern\r\n';
const body = `${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query":`;

/** Sends a beginning and then a space now and then: what the server says before it cuts the connection. */
async function drip(beginning: string): Promise<string> {
  const { hostname, port } = new URL(server().url);
  const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''));
  socket.on('error', () => {});
  let said = '';
  socket.on('data', (data) => {
    said += String(data);
  });
  socket.write(beginning);
  const drops = setInterval(() => socket.write(' '), 20);
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(drops);
  return said.split('\r\n')[0] ?? '';
}

describe('a request that takes too long to arrive is cut off', () => {
  test.each([
    ['a head without an end', `${head}X-Slow: `],
    ['a body without an end', body],
    ['a subscription without an end', body.replace('/graphql', '/graphql/stream')],
  ])('%s', async (_what, beginning) => {
    // A reset, because drops were still under way, can overtake the answer.
    expect(['HTTP/1.1 408 Request Timeout', '']).toContain(await drip(beginning));
  });

  test('and others are answered meanwhile', async () => {
    const slow = drip(body);
    expect((await server().ask('{ viewer { subject } }')).data).toEqual({ viewer: null });
    await slow;
  });
});

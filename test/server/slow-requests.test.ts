import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { receiveTimeoutMs: 400 });

test.each([
  ['a body', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{'],
  ['a head', 'POST /graphql HTTP/1.1\r\nHost: x\r\nX-Long: '],
])('%s that never ends is cut off, although its client goes on sending', async (_what, start) => {
  const socket = connect(Number(new URL(server().url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(start);
  const more = setInterval(() => socket.write('a'), 50);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  await once(socket, 'close');
  clearInterval(more);
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 408 Request Timeout');
});

test('a client that sends its request in time is answered', async () => {
  expect(await server().ask('{ viewer { subject } }')).toMatchObject({ status: 200, data: { viewer: null } });
});

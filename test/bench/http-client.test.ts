import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { type HttpClient, openHttpClient } from '../../bench/http-client.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) close();
});

async function start(listener: RequestListener, connections = 1) {
  const sockets = new Set<Socket>();
  const server = createServer(listener);
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = openHttpClient(connections);
  closing.push(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  const post = (body: string): ReturnType<HttpClient['post']> =>
    client.post(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, body, 'T');
  return { post, sockets };
}

/** Says back what it was asked, with its length. */
const echo: RequestListener = async (request, response) => {
  const body = `${request.method} ${request.url} ${request.headers.authorization} ${await text(request)}`;
  response.setHeader('content-length', Buffer.byteLength(body)).end(body);
};

test('what is sent arrives, and what is answered comes back, letters beyond ASCII and long texts as well', async () => {
  const { post } = await start(echo);
  const long = 'å'.repeat(300_000);
  expect(await post('{"a":"ö"}')).toBe('POST /graphql Bearer T {"a":"ö"}');
  expect(await post(long)).toBe(`POST /graphql Bearer T ${long}`);
});

test('an answer may come in chunks', async () => {
  const { post } = await start((_request, response) => {
    response.write('one ');
    setImmediate(() => response.end(`two ${'å'.repeat(100_000)}`));
  });
  expect(await post('x')).toBe(`one two ${'å'.repeat(100_000)}`);
  expect(await post('y')).toContain('two');
});

test('many requests share the connections, each with its own answer', async () => {
  const { post, sockets } = await start(echo, 3);
  const bodies = Array.from({ length: 50 }, (_, index) => `${index}`);
  expect(await Promise.all(bodies.map(post))).toEqual(bodies.map((body) => `POST /graphql Bearer T ${body}`));
  expect(sockets.size).toBe(3);
});

test.each([
  { what: 'another status', status: 503, body: '{}', message: 'answered 503' },
  { what: 'errors of GraphQL', status: 200, body: '{"errors":[{"message":"no"}]}', message: 'answered 200' },
])('$what is no success, and the next request is answered', async ({ status, body, message }) => {
  let isFirst = true;
  const { post } = await start((request, response) => {
    if (!isFirst) return void echo(request, response);
    isFirst = false;
    response.writeHead(status, { 'content-length': body.length }).end(body);
  });
  await expect(post('x')).rejects.toThrow(message);
  expect(await post('y')).toContain('y');
});

test.each([
  { what: 'a connection that is cut', end: (socket: Socket) => socket.destroy(), message: /closed|ECONNRESET/ },
  {
    what: 'an answer that does not say its length',
    end: (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nwhatever'),
    message: 'how long',
  },
])('$what is an error and no silence, and the next request is answered', async ({ end, message }) => {
  let isFirst = true;
  const { post } = await start((request, response) => {
    if (!isFirst) return void echo(request, response);
    isFirst = false;
    end(request.socket);
  });
  await expect(post('x')).rejects.toThrow(message);
  expect(await post('y')).toContain('y');
});

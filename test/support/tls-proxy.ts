import { createServer, connect as dial, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** An encrypted way to a database. */
export interface TlsProxy extends AsyncDisposable {
  /** The address of the target, through this way. */
  readonly url: string;
  /** The sessions that there are say nothing any more, as when the network has lost them; new ones are as always. */
  silence(): void;
}

export async function startTlsProxy(target: string): Promise<TlsProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  const forward = (from: Socket, to: Socket, session: Socket) => {
    sockets.add(from);
    from.on('data', (chunk) => silent.has(session) || to.write(chunk)).on('error', () => from.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    // The first that a client says is that it wants to be encrypted.
    client.once('data', () => {
      client.write('S');
      const session = new TLSSocket(client, { isServer: true, key, cert });
      const database = dial(Number(port), hostname);
      forward(session, database, session);
      forward(database, session, session);
    });
    client.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `${Object.assign(new URL(target), { host: `127.0.0.1:${ownPort}` }).href}?sslmode=require`,
    silence: () => {
      for (const socket of sockets) silent.add(socket);
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Of nobody: whoever has them can show that they are "localhost". */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgaDFNa2od/fs+97Bz
1gcLHpPV48tGBW5PgLzYtNkge8KhRANCAAQWZ4FeORVZNMBiwKfg9lBrPS8m4nI0
UXqmLkncmjC311X3eUppdtQipsofTn2pJqMSeD16VUv0qqsenq0yWY5c
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUVQ4hYnuFH4Yg3zwuxIQzXMf4EOowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDA4MTQ1NFoYDzIxMjYxMTA2
MDgxNDU0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQWZ4FeORVZNMBiwKfg9lBrPS8m4nI0UXqmLkncmjC311X3eUppdtQi
psofTn2pJqMSeD16VUv0qqsenq0yWY5co1MwUTAdBgNVHQ4EFgQU9HRomOU7Pga/
CbVG7jqu1T6smtIwHwYDVR0jBBgwFoAU9HRomOU7Pga/CbVG7jqu1T6smtIwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB7O8nUCHiSHoEl+iqpALT2
zMVxVzNJ9e5HaWGBxzKnNwIgMoBxgtR8sJ/F6p2QwhPMU+aEu8dk5Yod1fOqNnWr
ruc=
-----END CERTIFICATE-----`;

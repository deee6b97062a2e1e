import { createServer, connect as dial, type Socket } from 'node:net';

/** A way to a database that can be cut and mended while both ends run. */
export interface TcpProxy extends AsyncDisposable {
  /** The address of the target, through the proxy. */
  readonly url: string;
  /** Ends all connections and refuses new ones, as when the database has stopped. */
  cut(): Promise<void>;
  /** Ends all connections without a farewell, as when the machine of the database has gone, and takes new ones. */
  reset(): void;
  /** Keeps all connections and takes new ones, and lets nothing through, as when the network swallows packets. */
  freeze(): void;
  mend(): Promise<void>;
  /** From now on, what the database says arrives so much later. */
  delay(ms: number): void;
  /** The database has lost all connections, and whoever has the other ends is not told; new ones are as always. */
  forget(): void;
  /** From now on, connections that are made are reset after so many bytes of the database, each after its own number. */
  resetEachAfter(bytes: () => number): void;
  /** Connections that are made from now on lead there. */
  leadTo(target: string): void;
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  /** Of each client, its connection to the database. */
  const ends = new WeakMap<Socket, Socket>();
  const forgotten = new WeakSet<Socket>();
  let isFrozen = false;
  let delayMs = 0;
  let lifeBytes = () => Number.POSITIVE_INFINITY;
  const forward = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => from.destroy());
    from.on('close', () => {
      sockets.delete(from);
      if (!forgotten.has(to)) to.destroy();
    });
    if (isFrozen) from.pause();
  };
  const server = createServer({ noDelay: true }, (client) => {
    const database = dial({ port: Number(port), host: hostname, noDelay: true });
    forward(client, database);
    forward(database, client);
    client.on('data', (chunk) => forgotten.has(client) || database.write(chunk));
    database.on('data', (chunk) => {
      if (delayMs === 0) client.write(chunk);
      else setTimeout(() => client.write(chunk), delayMs);
    });
    ends.set(client, database);
    let left = lifeBytes();
    database.on('data', ({ length }) => {
      left -= length;
      if (left <= 0) client.resetAndDestroy();
    });
  });
  const listen = (on: number) => new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${ownPort}` }).href,
    cut,
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    mend: async () => {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen(ownPort);
    },
    delay: (ms) => {
      delayMs = ms;
    },
    forget: () => {
      for (const client of sockets) {
        const database = ends.get(client);
        if (database === undefined) continue;
        forgotten.add(client);
        database.destroy();
      }
    },
    resetEachAfter: (bytes) => {
      lifeBytes = bytes;
    },
    leadTo: (other) => {
      ({ hostname, port } = new URL(other));
    },
    [Symbol.asyncDispose]: cut,
  };
}

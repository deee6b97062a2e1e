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
  /** From now on, connections that are made are reset after so many bytes of the database, each after its own number. */
  resetEachAfter(bytes: () => number): void;
  /** Connections that are made from now on lead there. */
  leadTo(target: string): void;
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  let lifeBytes = () => Number.POSITIVE_INFINITY;
  const forward = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (chunk) => to.write(chunk)).on('error', () => from.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    if (isFrozen) from.pause();
  };
  const server = createServer({ noDelay: true }, (client) => {
    const database = dial({ port: Number(port), host: hostname, noDelay: true });
    forward(client, database);
    forward(database, client);
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
    resetEachAfter: (bytes) => {
      lifeBytes = bytes;
    },
    leadTo: (other) => {
      ({ hostname, port } = new URL(other));
    },
    [Symbol.asyncDispose]: cut,
  };
}

import { createServer, connect as dial, type Socket } from 'node:net';

/** A way to a database that leaves settings of sessions out, as poolers do that are told to ignore them. */
export interface ForgetfulPooler extends AsyncDisposable {
  readonly url: string;
}

export async function startForgetfulPooler(target: string, forgets: readonly string[]): Promise<ForgetfulPooler> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const database = dial({ port: Number(port), host: hostname, noDelay: true });
    for (const [from, to] of [[client, database] as const, [database, client] as const]) {
      sockets.add(from);
      from.on('error', () => from.destroy()).on('close', () => to.destroy());
    }
    client.once('data', (first) => {
      database.write(withoutSettings(first, forgets));
      client.on('data', (chunk) => database.write(chunk));
    });
    database.on('data', (chunk) => client.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${ownPort}` }).href,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The first message: its length, the version of the protocol, and names and values with zeros behind them. */
function withoutSettings(message: Buffer, forgets: readonly string[]): Buffer {
  const words = message.toString('latin1', 8).split('\0').slice(0, -2);
  const kept = words.filter((_, index) => !forgets.includes(words[index - (index % 2)] ?? ''));
  const rest = Buffer.from(`${kept.join('\0')}\0\0`, 'latin1');
  const head = Buffer.from(message.subarray(0, 8));
  head.writeUInt32BE(8 + rest.length);
  return Buffer.concat([head, rest]);
}

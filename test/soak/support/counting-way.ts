import { createServer, connect as dial, type Socket } from 'node:net';

/** A way to a database that counts what is prepared on each of its sessions: nobody else can ask them. */
export interface CountingWay extends AsyncDisposable {
  readonly url: string;
  /** Of the session that has the most. */
  mostStatements(): number;
}

export async function startCountingWay(target: string): Promise<CountingWay> {
  const { hostname, port } = new URL(target);
  const sessions = new Map<Socket, Set<string>>();
  const server = createServer((client) => {
    const database = dial(Number(port), hostname);
    const named = new Set<string>();
    sessions.set(client, named);
    const see = namesIn(named);
    client.on('data', (chunk: Buffer) => {
      see(chunk);
      database.write(chunk);
    });
    database.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [[client, database] as const, [database, client] as const]) {
      one.on('error', () => one.destroy());
      one.on('close', () => {
        sessions.delete(client);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${ownPort}` }).href,
    mostStatements: () => Math.max(0, ...[...sessions.values()].map(({ size }) => size)),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sessions.keys()) socket.destroy();
      await closed;
    },
  };
}

/** Follows the messages of a client: `P` prepares under a name, `C` closes. The first one has no letter. */
function namesIn(named: Set<string>): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let head = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= head + 4) {
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      if (head === 1 && message[0] === 0x50) note(named, message.subarray(5));
      if (head === 1 && message[0] === 0x43) named.delete(nameAt(message.subarray(6)));
      rest = rest.subarray(length);
      head = 1;
    }
  };
}

function note(named: Set<string>, message: Buffer): void {
  const name = nameAt(message);
  if (name !== '') named.add(name);
}

function nameAt(message: Buffer): string {
  return message.subarray(0, message.indexOf(0)).toString('utf8');
}

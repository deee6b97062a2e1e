import { createServer, connect as dial, type Socket } from 'node:net';

/** What happens to a connection after a message of the database. */
export type Fault = 'reset' | 'end' | 'terminated' | 'failed' | 'silence';

export const faults: readonly Fault[] = ['reset', 'end', 'terminated', 'failed', 'silence'];

/** A way to a database on which something happens after a message of the database that is counted, on whatever connection. */
export interface MessageFaults extends AsyncDisposable {
  /** The address of the target, through this way. */
  readonly url: string;
  /** Counts from now on, and does it once after the message with this number; 0 is before the first. */
  plan(fault: Fault, message: number): void;
  /** Ends all connections. */
  endAll(): void;
  /** Takes it back if it has not happened yet; whether it has. */
  takeBack(): boolean;
}

export async function startMessageFaults(target: string): Promise<MessageFaults> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let planned: { readonly fault: Fault; left: number } | undefined;
  const isNow = () => planned !== undefined && planned.left-- <= 0;
  const server = createServer({ noDelay: true }, (client) => {
    const database = dial({ port: Number(port), host: hostname, noDelay: true });
    let isSilent = false;
    for (const [from, to] of [[client, database] as const, [database, client] as const]) {
      sockets.add(from);
      from
        .on('error', () => from.destroy())
        .on('close', () => {
          sockets.delete(from);
          if (!isSilent) to.destroy();
        });
    }
    client.on('data', (chunk) => isSilent || database.write(chunk));
    database.on('data', (chunk) => {
      for (const message of take(chunk)) {
        if (isSilent) return;
        if (isNow() && planned !== undefined) {
          const { fault } = planned;
          planned = undefined;
          isSilent = befall(fault, client, database);
          if (fault !== 'failed') return;
        }
        client.write(message);
      }
    });
    const take = messagesOf();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${ownPort}` }).href,
    plan: (fault, message) => {
      planned = { fault, left: message };
    },
    endAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    takeBack: () => {
      const hasHappened = planned === undefined;
      planned = undefined;
      return hasHappened;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Whether nothing more comes. */
function befall(fault: Fault, client: Socket, database: Socket): boolean {
  if (fault === 'failed') client.write(errorResponse('ERROR', '57014', 'canceling statement due to statement timeout'));
  if (fault === 'failed') return false;
  if (fault === 'silence') return true;
  if (fault === 'terminated') {
    client.write(errorResponse('FATAL', '57P01', 'terminating connection due to administrator command'));
  }
  if (fault === 'reset') client.resetAndDestroy();
  else client.end();
  database.destroy();
  return true;
}

function errorResponse(severity: string, code: string, message: string): Buffer {
  const fields = `S${severity}\0V${severity}\0C${code}\0M${message}\0\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

/** Cuts a stream of bytes into the messages that the database sends: a letter, a length, and the rest. */
function messagesOf(): (chunk: Buffer) => readonly Buffer[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= 5 && rest.length >= 1 + rest.readUInt32BE(1)) {
      const length = 1 + rest.readUInt32BE(1);
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return messages;
  };
}

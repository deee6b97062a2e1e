import postgres from 'postgres';
import type { ServerAddress } from './connection.ts';

/** The servers that an address of the database names, in the order in which they are tried. */
export function findServers(url: string): readonly [ServerAddress, ...ServerAddress[]] {
  // Only the driver knows which variables of the environment it puts in for what the address leaves out.
  const { host, port, path } = postgres(url, { max: 1 }).options;
  const serverOf = (name: string, index: number): ServerAddress => ({
    host: name,
    port: port[index] ?? defaultPort,
    path: path || undefined,
  });
  const [first = 'localhost', ...others] = host;
  return [serverOf(first, 0), ...others.map((name, index) => serverOf(name, index + 1))];
}

const defaultPort = 5432;

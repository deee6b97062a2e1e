import type { ServerAddress } from './connection.ts';
import { readAddress } from './read-address.ts';

/** The servers that an address of the database names, in the order in which they are tried. */
export function findServers(url: string): readonly [ServerAddress, ...ServerAddress[]] {
  const { host, port, path } = readAddress(url);
  const serverOf = (name: string, index: number): ServerAddress => ({
    host: name,
    port: port[index] ?? defaultPort,
    path: path || undefined,
  });
  const [first = 'localhost', ...others] = host;
  return [serverOf(first, 0), ...others.map((name, index) => serverOf(name, index + 1))];
}

const defaultPort = 5432;

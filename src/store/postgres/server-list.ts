import { Connection, type ConnectionOptions, type ServerAddress } from './connection.ts';
import { findServers } from './find-servers.ts';

/** The servers of an address of the database, of which one is the primary now, and another one may be it tomorrow. */
export class ServerList {
  readonly #url: string;
  #servers: readonly ServerAddress[];

  constructor(url: string) {
    this.#url = url;
    this.#servers = findServers(url);
  }

  /** Connects to the first server that takes a connection and is what it must be. */
  async open(options: ConnectionOptions): Promise<Connection> {
    let failure: unknown;
    for (const server of this.#servers) {
      try {
        const connection = await Connection.open(this.#url, server, options);
        this.#tryFirst(server);
        return connection;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** The one that was right is asked first from now on: to find out that another one has gone may take seconds each time. */
  #tryFirst(server: ServerAddress): void {
    this.#servers = [server, ...this.#servers.filter((other) => other !== server)];
  }
}

import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether this system deals out the connections of one port among all that listen there. */
export async function canSharePort(): Promise<boolean> {
  const problem = await problemOfListening({ port: 0, host: '127.0.0.1', reusePort: true });
  return !(problem instanceof Error && 'code' in problem && problem.code === 'ENOTSUP');
}

/**
 * Why nobody can listen there alone; undefined where somebody can. Workers must not join a port that another server shares:
 * each of both would answer some of the other's requests.
 */
export function problemOfPort(port: number, host: string): Promise<unknown> {
  return problemOfListening({ port, host });
}

async function problemOfListening(where: { port: number; host: string; reusePort?: boolean }): Promise<unknown> {
  const server = createServer();
  try {
    server.listen(where);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return undefined;
  } catch (error) {
    return error;
  }
}

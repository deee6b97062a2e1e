import { quote } from '../base/text-problem.ts';
import type { Config } from './config.ts';

/** Why the server cannot listen, with what to do next. */
export function listenProblem(error: unknown, { port, host }: Pick<Config, 'port' | 'host'>): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `The port ${port} is in use already. Next: stop what uses it, or set PORT to another one.`;
    case 'EACCES':
      return `The port ${port} may not be used by this user. Next: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `POSTERN_HOST ${quote(host)} is not an address of this machine. Next: leave it out, or set it to "127.0.0.1" or "0.0.0.0".`;
    default:
      return `The server cannot listen at ${quote(`${host}:${port}`)}. Next: set PORT and POSTERN_HOST to what is free.`;
  }
}

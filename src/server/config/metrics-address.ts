import { failed, ok, type Result } from '../../base/result.ts';
import { type Environment, quoteSetting, variable } from './environment.ts';

/** Where numbers about the server are read. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

export function readMetricsAddress(environment: Environment): Result<MetricsAddress | undefined, readonly string[]> {
  const text = variable(environment, 'POSTERN_METRICS_ADDRESS');
  if (text === undefined) return ok(undefined);
  const [, host = '', port = ''] = /^(?:\[(?=.*\]:))?([^[\]\s/]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (host !== '' && Number(port) <= 65_535) return ok({ host, port: Number(port) });
  const next = 'write it as in "127.0.0.1:9464"';
  return failed([`POSTERN_METRICS_ADDRESS ${quoteSetting(text)} is not an address with a port. Next: ${next}.`]);
}

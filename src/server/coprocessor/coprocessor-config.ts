import { failed, ok, type Result } from '../../base/result.ts';
import { type Environment, variable } from '../config/environment.ts';

/** What a router needs to ask this server before it asks any subgraph. */
export interface CoprocessorConfig {
  /** `POSTERN_COPROCESSOR_SECRET`: what the router proves with that it is the router. */
  readonly secret: string;
  /** `POSTERN_SUPERGRAPH_FILE`: the supergraph's SDL, for routers that do not send it. */
  readonly supergraphFile: string | undefined;
}

const secretName = 'POSTERN_COPROCESSOR_SECRET';
const fileName = 'POSTERN_SUPERGRAPH_FILE';
const leastCharacters = 32;

/** Undefined without a secret: then there is no coprocessor. No problem quotes the secret. */
export function readCoprocessorConfig(
  environment: Environment,
): Result<CoprocessorConfig | undefined, readonly string[]> {
  const secret = variable(environment, secretName);
  const supergraphFile = variable(environment, fileName);
  if (secret === undefined) {
    return supergraphFile === undefined ? ok(undefined) : failed([`${fileName} needs ${secretName} beside it.`]);
  }
  if (secret.length < leastCharacters) return failed([`${secretName} is shorter than ${leastCharacters} characters.`]);
  if (!/^[\w.~-]+$/.test(secret)) {
    return failed([`${secretName} may contain letters, digits, "-", "_", "." and "~" only, as addresses can.`]);
  }
  return ok({ secret, supergraphFile });
}

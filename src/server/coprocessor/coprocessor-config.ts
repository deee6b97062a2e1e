import { failed, ok, type Result } from '../../base/result.ts';
import { type Environment, variable } from '../config/environment.ts';

/** What a router needs to ask this server before it asks any subgraph. */
export interface CoprocessorConfig {
  /** `POSTERN_COPROCESSOR_SECRET`: what the router proves with that it is the router. */
  readonly secret: string;
  /** `POSTERN_SUPERGRAPH_FILE`: the supergraph's SDL, for routers that do not send it. */
  readonly supergraphFile: string | undefined;
  /** `POSTERN_FOREIGN_SUBGRAPHS`: those whose servers run no guards, which are asked here instead. */
  readonly foreign: readonly string[];
}

const secretName = 'POSTERN_COPROCESSOR_SECRET';
const fileName = 'POSTERN_SUPERGRAPH_FILE';
const foreignName = 'POSTERN_FOREIGN_SUBGRAPHS';
const leastCharacters = 32;

/** Undefined without a secret: then there is no coprocessor. No problem quotes the secret. */
export function readCoprocessorConfig(
  environment: Environment,
): Result<CoprocessorConfig | undefined, readonly string[]> {
  const secret = variable(environment, secretName);
  const supergraphFile = variable(environment, fileName);
  const foreign = readForeign(variable(environment, foreignName));
  if (secret === undefined) {
    const lonely = [
      ...(supergraphFile === undefined ? [] : [fileName]),
      ...(foreign.length === 0 ? [] : [foreignName]),
    ];
    return lonely.length === 0 ? ok(undefined) : failed(lonely.map((name) => `${name} needs ${secretName} beside it.`));
  }
  if (secret.length < leastCharacters) return failed([`${secretName} is shorter than ${leastCharacters} characters.`]);
  if (!/^[\w.~-]+$/.test(secret)) {
    return failed([`${secretName} may contain letters, digits, "-", "_", "." and "~" only, as addresses can.`]);
  }
  if (foreign.length > 0 && supergraphFile === undefined) {
    return failed([`${foreignName} needs ${fileName} beside it: routers send no schema with what subgraphs answer.`]);
  }
  return ok({ secret, supergraphFile, foreign });
}

/** Names with commas between them, each once. */
function readForeign(text: string | undefined): readonly string[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

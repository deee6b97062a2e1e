import { didYouMean, nearestName } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote, textProblem } from '../../base/text-problem.ts';

/** What the process was started with; `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable that the server reads. */
export type VariableName = (typeof variableNames)[number];

const variableNames = [
  'NODE_ENV',
  'PORT',
  'DATABASE_URL',
  'DATABASE_REPLICA_URLS',
  'POSTERN_HOST',
  'POSTERN_DATA_DIRECTORY',
  'POSTERN_TOKEN_CLASSES',
  'POSTERN_PLATFORM_OBJECT',
  'POSTERN_ENTITIES',
  'POSTERN_TOXIC_PAIRS',
  'POSTERN_MEASURE_USE',
  'POSTERN_REQUEST_TIMEOUT_MS',
  'POSTERN_DATABASE_CONNECTIONS',
  'POSTERN_REPLICA_MEMORY_MB',
  'POSTERN_MAX_STALENESS_MS',
  'POSTERN_WORKERS',
  'POSTERN_CALLER_ALLOWANCE',
  'POSTERN_SERVICE_ALLOWANCE',
  'POSTERN_REQUESTS_AT_ONCE',
  'POSTERN_CONSOLE_URL',
  'POSTERN_CONSOLE_SECRET',
  'POSTERN_CONSOLE_SIGN_INS',
  'POSTERN_AUTHZEN_URL',
  'POSTERN_AUTHZEN_ACTIONS',
  'POSTERN_AUTHZEN_ALIASES',
  'POSTERN_AUTHZEN_ID_ENCODING',
  'POSTERN_MCP',
  'POSTERN_MCP_URL',
  'POSTERN_COPROCESSOR_SECRET',
  'POSTERN_SUPERGRAPH_FILE',
  'POSTERN_FOREIGN_SUBGRAPHS',
  'POSTERN_KEEP_EXPIRED_DAYS',
  'POSTERN_KEEP_CHANGES_DAYS',
  'POSTERN_KEEP_OUTCOMES_DAYS',
  'POSTERN_KEEP_AUDIT_DAYS',
  'POSTERN_METRICS_ADDRESS',
  'POSTERN_DECISION_LOG',
  'POSTERN_DECISION_LOG_FILE',
  'POSTERN_DECISION_LOG_ONE_IN',
  'POSTERN_DECISION_LOG_CALLERS',
  'POSTERN_DECISION_LOG_KEY',
  'OTEL_SDK_DISABLED',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'POSTERN_DRAIN_MS',
  'POSTERN_LOG_LEVEL',
] as const;

/** The value of a variable; an empty one counts as absent, as deployment templates leave them. */
export function variable(environment: Environment, name: VariableName): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

export interface WholeNumberRange {
  readonly otherwise: number;
  readonly least: number;
  readonly most: number;
}

export function readWholeNumber(
  environment: Environment,
  name: VariableName,
  { otherwise, least, most }: WholeNumberRange,
): Result<number, readonly string[]> {
  const text = variable(environment, name);
  if (text === undefined) return ok(otherwise);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return ok(value);
  return failed([`${name} ${quoteSetting(text)} is not a whole number between ${least} and ${most}.`]);
}

export function readWord(
  environment: Environment,
  name: VariableName,
  otherwise: string,
): Result<string, readonly string[]> {
  const text = variable(environment, name) ?? otherwise;
  const wrong = textProblem(text, 255);
  return wrong === undefined ? ok(text) : failed([`${name} ${quoteSetting(text)} ${wrong}.`]);
}

export function readChoice<Choice extends string>(
  environment: Environment,
  name: VariableName,
  choices: readonly Choice[],
  otherwise: Choice,
): Result<Choice, readonly string[]> {
  const text = variable(environment, name) ?? otherwise;
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return ok(choice);
  const help = didYouMean(text, choices);
  return failed([`${name} ${quoteSetting(text)} is not one of ${choices.join(', ')}.${help}`]);
}

/** A setting as a message may quote it. */
export function quoteSetting(text: string): string {
  return quote(withoutCredentials(text));
}

/** `text` without the user and password that addresses in it may carry. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/\/\/[^/\s"]*@/g, '//…@');
}

/** A misspelt variable would leave a default in force that its author believes to have changed. */
export function unknownVariableProblems(environment: Environment): readonly string[] {
  const given = Object.keys(environment).filter((name) => environment[name] !== undefined);
  return given
    .filter((name) => !variableNames.some((known) => known === name))
    .flatMap((name) => {
      const isOurs = name.startsWith(prefix) && !isServiceLink(name, environment[name] ?? '');
      const meant = isOurs ? nearVariable(name) : meantVariable(name, given);
      return meant === undefined ? [] : [`The variable ${quote(name)} is not known.${meant}`];
    });
}

/**
 * A name of ours whose own beginning is misspelt. Other programs have variables, too, and must not keep the server from
 * starting: it is told only of another case, of letters that changed places, and of a database that is named nowhere else.
 */
function meantVariable(name: string, given: readonly string[]): string | undefined {
  const meant = variableNames.find((known) => isRespelt(name, known));
  if (meant !== undefined && !given.includes(meant)) return didYouMean(meant, [meant]);
  const isDatabase = nearestName(name, ['DATABASE_URL']) !== undefined && /^D\w+_U\w+$/i.test(name);
  return isDatabase && !given.includes('DATABASE_URL') ? didYouMean(name, ['DATABASE_URL']) : undefined;
}

function isRespelt(name: string, known: string): boolean {
  const letters = (text: string) => [...text.toUpperCase()].toSorted().join('');
  return known.startsWith(prefix) && name.length === known.length && letters(name) === letters(known);
}

const prefix = 'POSTERN_';

/** The value stays unquoted: nobody knows what an unknown variable holds. */
function nearVariable(name: string): string {
  const bare = name.slice(prefix.length);
  return didYouMean(variableNames.some((known) => known === bare) ? bare : name, variableNames);
}

/** Kubernetes puts the address of a service named `postern` into every pod of its namespace. */
function isServiceLink(name: string, value: string): boolean {
  if (/_SERVICE_(?:HOST|PORT(?:_\w+)?)$/.test(name)) return true;
  if (/_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/.test(name)) return true;
  return name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value);
}

import { availableParallelism } from 'node:os';
import { failed, ok, type Result } from '../base/result.ts';
import type { EntitySetting } from '../graphql/entity-binding.ts';
import { type ObjectRef, parseObjectRef } from '../model/object-ref.ts';
import type { ToxicPair } from '../model/toxic-pair.ts';
import type { Retention } from '../store/upkeep.ts';
import { type AuthzenConfig, readAuthzenConfig } from './authzen/authzen-config.ts';
import { combineResults } from './config/combine-results.ts';
import { type DatabaseConfig, readDatabase, readStandbys } from './config/database-config.ts';
import { type DecisionLogConfig, readDecisionLog } from './config/decision-log-config.ts';
import {
  type Environment,
  readChoice,
  readWholeNumber,
  readWord,
  unknownVariableProblems,
  variable,
} from './config/environment.ts';
import { type MetricsAddress, readMetricsAddress } from './config/metrics-address.ts';
import { type Mode, nearestMode, readMode } from './config/mode.ts';
import { readEntitySettings } from './config/read-entity-settings.ts';
import { readRetention } from './config/read-retention.ts';
import { readToxicPairs } from './config/read-toxic-pairs.ts';
import { usualReplicaMemoryMb } from './config/replica-memory.ts';
import { readTraces, type TraceConfig } from './config/trace-config.ts';
import { type ConsoleConfig, readConsoleConfig } from './console/console-config.ts';
import { type CoprocessorConfig, readCoprocessorConfig } from './coprocessor/coprocessor-config.ts';
import { readTokenClasses } from './identity/read-token-classes.ts';
import type { TokenClass } from './identity/token-class.ts';
import { type McpConfig, readMcpConfig } from './mcp/mcp-config.ts';

/** Everything that an operator can set; nothing else in the server reads the environment. It is plain data, which threads can be sent. */
export interface Config {
  /** `NODE_ENV`. */
  readonly mode: Mode;
  /** `PORT`; 0 takes any free port. */
  readonly port: number;
  /** `POSTERN_HOST`: the address to listen on; only this machine in development, every address in production. */
  readonly host: string;
  /** `DATABASE_URL`, or else an embedded database in `POSTERN_DATA_DIRECTORY`. */
  readonly database: DatabaseConfig;
  /** `DATABASE_REPLICA_URLS`: standbys that questions are read from as well. */
  readonly standbys: readonly string[];
  /** `POSTERN_TOKEN_CLASSES`: whose tokens are accepted; undefined means development tokens. */
  readonly tokenClasses: readonly TokenClass[] | undefined;
  /** `POSTERN_PLATFORM_OBJECT`: the object whose permissions guard what belongs to no other object. */
  readonly platformObject: ObjectRef;
  /** `POSTERN_ENTITIES`: model type to its entity in the supergraph, where that differs from the rule. */
  readonly entities: ReadonlyMap<string, EntitySetting>;
  /** `POSTERN_TOXIC_PAIRS`: permissions that nobody should have together. */
  readonly toxicPairs: readonly ToxicPair[];
  /** `POSTERN_MEASURE_USE`: whether it is counted which grants enforced checks rest on. */
  readonly measuresUse: boolean;
  /** `POSTERN_REQUEST_TIMEOUT_MS`: after this a request ends with an error, never with an allow. */
  readonly requestTimeoutMs: number;
  /** `POSTERN_DATABASE_CONNECTIONS`: the size of the pool. */
  readonly databaseConnections: number;
  /** `POSTERN_REPLICA_MEMORY_MB`: most memory for a replica of the relationships, which all workers share; 0 for none. */
  readonly replicaMemoryMb: number;
  /** `POSTERN_MAX_STALENESS_MS`: how old an answer may be while the database is away; 0 for none. */
  readonly maxStalenessMs: number;
  /** `POSTERN_WORKERS`: threads that answer at the one port. */
  readonly workers: number;
  /** `POSTERN_CALLER_ALLOWANCE`: points a second that a caller may use up. */
  readonly callerAllowance: number;
  /** `POSTERN_SERVICE_ALLOWANCE`: the same for callers who may ask about anybody. */
  readonly serviceAllowance: number;
  /** `POSTERN_REQUESTS_AT_ONCE`: how many requests that ask one thing are worked on at once; larger ones count as several. */
  readonly requestsAtOnce: number;
  /** `POSTERN_AUTHZEN_…`: how AuthZEN is spoken; undefined for not at all. */
  readonly authzen: AuthzenConfig | undefined;
  /** `POSTERN_MCP` and `POSTERN_MCP_URL`: what agents may do; undefined for nothing. */
  readonly mcp: McpConfig | undefined;
  /** `POSTERN_COPROCESSOR_SECRET` and `POSTERN_SUPERGRAPH_FILE`: for routers that ask before they ask any subgraph. */
  readonly coprocessor: CoprocessorConfig | undefined;
  /** `POSTERN_CONSOLE_…`: with whom people sign in at the console; undefined for nobody, or for one click in development. */
  readonly console: ConsoleConfig | undefined;
  /** `POSTERN_KEEP_…_DAYS`: how long what is not needed any more is kept. */
  readonly retention: Retention;
  /** `POSTERN_METRICS_ADDRESS`: where numbers about the server are read, apart from everything else; undefined for nowhere. */
  readonly metricsAddress: MetricsAddress | undefined;
  /** `POSTERN_DECISION_LOG…`: which decisions leave a line, apart from every other log. */
  readonly decisionLog: DecisionLogConfig;
  /** `OTEL_…`: what is traced; undefined for nothing. */
  readonly traces: TraceConfig | undefined;
  /** `POSTERN_DRAIN_MS`: how long a server that is told to end says so before it takes nothing new. */
  readonly drainMs: number;
  /** `POSTERN_LOG_LEVEL`. */
  readonly logLevel: LogLevel;
}

export type LogLevel = (typeof logLevels)[number];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Reads the whole configuration, or says everything that is wrong with it at once. */
export function readConfig(environment: Environment): Result<Config, readonly string[]> {
  const readModeResult = readMode(variable(environment, 'NODE_ENV'));
  // What may have been meant to be production is asked what production is asked.
  const mode = readModeResult.ok ? readModeResult.value : nearestMode(variable(environment, 'NODE_ENV') ?? '');
  const tokenClasses = readTokenClasses(environment, mode);
  const config = combineResults<Config>({
    mode: readModeResult,
    port: readWholeNumber(environment, 'PORT', { otherwise: 4000, least: 0, most: 65_535 }),
    host: readWord(environment, 'POSTERN_HOST', mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    database: readDatabase(environment, mode),
    standbys: readStandbys(environment),
    tokenClasses,
    platformObject: readPlatformObject(environment),
    entities: readEntitySettings(environment),
    toxicPairs: readToxicPairs(environment),
    measuresUse: readSwitch(environment, 'POSTERN_MEASURE_USE'),
    requestTimeoutMs: readWholeNumber(environment, 'POSTERN_REQUEST_TIMEOUT_MS', timeoutRange),
    databaseConnections: readWholeNumber(environment, 'POSTERN_DATABASE_CONNECTIONS', connectionsRange),
    replicaMemoryMb: readWholeNumber(environment, 'POSTERN_REPLICA_MEMORY_MB', {
      otherwise: usualReplicaMemoryMb(),
      ...replicaMemoryRange,
    }),
    maxStalenessMs: readWholeNumber(environment, 'POSTERN_MAX_STALENESS_MS', stalenessRange),
    workers: readWholeNumber(environment, 'POSTERN_WORKERS', workersRange(mode)),
    callerAllowance: readWholeNumber(environment, 'POSTERN_CALLER_ALLOWANCE', callerRange),
    serviceAllowance: readWholeNumber(environment, 'POSTERN_SERVICE_ALLOWANCE', serviceRange),
    requestsAtOnce: readWholeNumber(environment, 'POSTERN_REQUESTS_AT_ONCE', requestsRange),
    authzen: readAuthzenConfig(environment, mode, tokenClasses.ok ? tokenClasses.value : undefined),
    mcp: readMcpConfig(environment, mode, tokenClasses.ok ? tokenClasses.value : undefined),
    coprocessor: readCoprocessorConfig(environment),
    console: readConsoleConfig(environment, mode, tokenClasses.ok ? tokenClasses.value : undefined),
    retention: readRetention(environment),
    metricsAddress: readMetricsAddress(environment),
    decisionLog: readDecisionLog(environment),
    traces: readTraces(environment),
    drainMs: readWholeNumber(environment, 'POSTERN_DRAIN_MS', {
      otherwise: mode === 'production' ? 5000 : 0,
      ...drainRange,
    }),
    logLevel: readChoice(environment, 'POSTERN_LOG_LEVEL', logLevels, 'info'),
  });
  const problems = [...(config.ok ? [] : config.problem), ...unknownVariableProblems(environment)];
  return problems.length > 0 ? failed(problems) : config;
}

const timeoutRange = { otherwise: 3000, least: 1, most: 300_000 };
const replicaMemoryRange = { least: 0, most: 1_000_000 };
const stalenessRange = { otherwise: 0, least: 0, most: 3_600_000 };
const drainRange = { least: 0, most: 300_000 };
const callerRange = { otherwise: 4000, least: 100, most: 100_000_000 };
const serviceRange = { ...callerRange, otherwise: 20_000 };
const requestsRange = { otherwise: 256, least: 8, most: 1_000_000 };
const connectionsRange = { otherwise: 10, least: 1, most: 1000 };

/** One for each core is enough for one machine; while something is tried out, one is simpler to look at. */
function workersRange(mode: Mode) {
  return { otherwise: mode === 'production' ? Math.min(availableParallelism(), 4) : 1, least: 1, most: 64 };
}

function readSwitch(
  environment: Environment,
  name: Parameters<typeof readChoice>[1],
): Result<boolean, readonly string[]> {
  const read = readChoice(environment, name, ['off', 'on'], 'off');
  return read.ok ? ok(read.value === 'on') : read;
}

function readPlatformObject(environment: Environment): Result<ObjectRef, readonly string[]> {
  const object = parseObjectRef(variable(environment, 'POSTERN_PLATFORM_OBJECT') ?? 'platform:main');
  return object.ok ? ok(object.value) : failed([`POSTERN_PLATFORM_OBJECT is not an object: ${object.problem}`]);
}

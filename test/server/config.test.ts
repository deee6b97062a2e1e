import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import type { Environment } from '../../src/server/config/environment.ts';
import { quarterOf } from '../../src/server/config/replica-memory.ts';
import { type Config, readConfig } from '../../src/server/config.ts';

const secret = 'hunter2';
const entry = {
  subjectType: 'user',
  issuer: 'https://id.example',
  audience: 'postern',
  jwksUrl: 'https://id.example/k',
};
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: `postgres://postern:${secret}@db/postern`,
  POSTERN_TOKEN_CLASSES: JSON.stringify([entry]),
};

function configOf(environment: Readonly<Record<string, string | undefined>>): Config {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.problem.join('\n'));
  return config.value;
}

function problemsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const config = readConfig(environment);
  return config.ok ? [] : config.problem;
}

const authzen = { POSTERN_AUTHZEN_URL: 'https://access.example' };
const mcp = { POSTERN_MCP: 'read', POSTERN_MCP_URL: 'https://access.example/mcp' };

function classesOf(...entries: readonly unknown[]): { POSTERN_TOKEN_CLASSES: string } {
  return { POSTERN_TOKEN_CLASSES: JSON.stringify(entries) };
}

test('development needs no variable', () => {
  expect(configOf({})).toEqual({
    mode: 'development',
    port: 4000,
    host: '127.0.0.1',
    database: { kind: 'embedded', directory: '.postern/postgres' },
    standbys: [],
    tokenClasses: undefined,
    platformObject: { type: 'platform', id: 'main' },
    toxicPairs: [],
    measuresUse: false,
    entities: new Map(),
    requestTimeoutMs: 3000,
    databaseConnections: 10,
    replicaMemoryMb: quarterOf(process.constrainedMemory(), totalmem()),
    maxStalenessMs: 0,
    workers: 1,
    callerAllowance: 4000,
    serviceAllowance: 20_000,
    requestsAtOnce: 256,
    coprocessor: undefined,
    drainMs: 0,
    retention: { expiredMs: 2_592_000_000, changesMs: 2_592_000_000, outcomesMs: 259_200_000, auditMs: Infinity },
    metricsAddress: undefined,
    decisionLog: { mode: 'off', to: 'stdout', oneIn: 100, callers: 'masked', key: undefined },
    traces: undefined,
    logLevel: 'info',
  });
});

const traced = { OTEL_TRACES_EXPORTER: 'otlp' };
const traces = {
  endpoint: 'http://localhost:4318/v1/traces',
  headers: {},
  timeoutMs: 10_000,
  resource: { 'service.name': 'postern' },
  sampling: { followsParent: true, ratio: 1 },
};

test.each<[environment: Environment, expected: unknown]>([
  [{}, traces],
  [{ OTEL_SDK_DISABLED: 'true' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c:1/x/' }, { ...traces, endpoint: 'https://c:1/x/v1/traces' }],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/own' }, { ...traces, endpoint: 'https://c/own' }],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=1, b=x%3Dy' }, { ...traces, headers: { a: '1', b: 'x=y' } }],
  [{ OTEL_SERVICE_NAME: 'gate' }, { ...traces, resource: { 'service.name': 'gate' } }],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,x.y=b' }, { ...traces, resource: { 'service.name': 'a', 'x.y': 'b' } }],
  [
    { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' },
    { ...traces, sampling: { followsParent: true, ratio: 0.01 } },
  ],
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, { ...traces, sampling: { followsParent: false, ratio: 0 } }],
])('traces are set as OpenTelemetry says: %j', (environment, expected) => {
  expect(configOf({ ...traced, ...environment }).traces).toEqual(expected);
});

test.each<[environment: Environment, problem: string]>([
  [{ OTEL_TRACES_EXPORTER: 'jaeger' }, 'OTEL_TRACES_EXPORTER "jaeger" is not one of none, otlp.'],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' },
    'OTEL_EXPORTER_OTLP_ENDPOINT "localhost:4318" is not an address of HTTP, as "http://localhost:4318" is.',
  ],
  [
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    'OTEL_EXPORTER_OTLP_PROTOCOL "grpc" is not what traces are sent in. Next: set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL to http/json, which collectors take at port 4318.',
  ],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'secret' }, 'OTEL_EXPORTER_OTLP_HEADERS is not of the form name=value,name=value.'],
  [
    { OTEL_EXPORTER_OTLP_HEADERS: 'a=%' },
    'OTEL_EXPORTER_OTLP_HEADERS has a value with a "%" that begins no character.',
  ],
  [
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' },
    'OTEL_TRACES_SAMPLER_ARG "2" is not a number from 0 to 1.',
  ],
  [{ POSTERN_DECISION_LOG_KEY: 'short' }, 'POSTERN_DECISION_LOG_KEY has 5 characters; it needs 32 at least.'],
])('what is wrong about traces and decisions is said: %j', (environment, problem) => {
  expect(readConfig({ ...traced, ...environment })).toEqual({ ok: false, problem: [problem] });
});

test.each([
  ['a container', 512 * 2 ** 20, 8 * 2 ** 30, 128],
  ['a container that may have more than there is', 16 * 2 ** 30, 8 * 2 ** 30, 2048],
  ['no container', 0, 8 * 2 ** 30, 2048],
  ['a container without a limit', 2 ** 64, 8 * 2 ** 30, 2048],
])('a replica may have a quarter of the memory: %s', (_, limitBytes, machineBytes, megabytes) => {
  expect(quarterOf(limitBytes, machineBytes)).toBe(megabytes);
});

test.each<[text: string, standbys: readonly string[]]>([
  ['postgres://a:b@one/postern', ['postgres://a:b@one/postern']],
  [' postgres://one,two/p  postgresql://three/p ', ['postgres://one,two/p', 'postgresql://three/p']],
  ['postgres://one,two/p, postgres://three/p', ['postgres://one,two/p', 'postgres://three/p']],
])('standbys are read from %j', (text, standbys) => {
  expect(configOf({ DATABASE_URL: 'postgres://a/p', DATABASE_REPLICA_URLS: text })).toMatchObject({ standbys });
});

test('standbys that are none are refused, and their addresses are not shown', () => {
  const refused = readConfig({ DATABASE_URL: 'postgres://a/p', DATABASE_REPLICA_URLS: 'postgres://one/p secret' });
  expect(refused).toMatchObject({
    ok: false,
    problem: [expect.stringMatching(/^The address 2 in DATABASE_REPLICA_URLS/)],
  });
  expect(JSON.stringify(refused)).not.toContain('secret');
  expect(readConfig({ DATABASE_REPLICA_URLS: 'postgres://one/p' })).toMatchObject({ ok: false });
});

test('an empty variable counts as absent', () => {
  const names = ['NODE_ENV', 'PORT', 'DATABASE_URL', 'POSTERN_TOKEN_CLASSES', 'POSTERN_ENTITIES', 'POSTERN_LOG_LEVEL'];
  expect(configOf(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(configOf({}));
});

test('production listens on every address and fills the defaults of a token class', () => {
  expect(configOf(production)).toMatchObject({
    mode: 'production',
    host: '0.0.0.0',
    database: { kind: 'address', url: production.DATABASE_URL },
    tokenClasses: [
      {
        subjectType: 'user',
        issuer: 'https://id.example',
        audience: 'postern',
        keys: { kind: 'remote', url: 'https://id.example/k' },
        subjectClaim: 'sub',
        algorithms: ['RS256', 'ES256', 'EdDSA', 'PS256'],
        context: new Map(),
      },
    ],
  });
});

test('every variable is read', () => {
  const config = configOf({
    ...production,
    PORT: '0',
    POSTERN_HOST: '::1',
    POSTERN_PLATFORM_OBJECT: 'company:acme',
    POSTERN_ENTITIES: '{"recording":{"name":"Recording","key":"isrc"},"team":false,"label":{}}',
    POSTERN_TOXIC_PAIRS: '[{"first":"account#can_prepare","second":"account#can_approve"}]',
    POSTERN_MEASURE_USE: 'on',
    POSTERN_REQUEST_TIMEOUT_MS: '1500',
    POSTERN_DATABASE_CONNECTIONS: '4',
    POSTERN_REPLICA_MEMORY_MB: '512',
    POSTERN_WORKERS: '3',
    POSTERN_COPROCESSOR_SECRET: 'x'.repeat(32),
    POSTERN_SUPERGRAPH_FILE: 'supergraph.graphql',
    POSTERN_FOREIGN_SUBGRAPHS: 'java, python,,java',
    POSTERN_AUTHZEN_URL: 'https://access.example/',
    POSTERN_AUTHZEN_ACTIONS: 'plain',
    POSTERN_AUTHZEN_ALIASES: '{"tools/call":"can_call","constructor":"can_make"}',
    POSTERN_AUTHZEN_ID_ENCODING: 'percent',
    ...mcp,
    POSTERN_LOG_LEVEL: 'silent',
    ...classesOf({
      ...{ ...entry, subjectClaim: 'oid', algorithms: ['ES384'], context: { territory: 'country' } },
      actor: { subjectType: 'agent', subjectEncoding: 'percent' },
    }),
  });
  expect(config).toMatchObject({ port: 0, host: '::1', platformObject: { type: 'company', id: 'acme' } });
  expect(config).toMatchObject({
    measuresUse: true,
    requestTimeoutMs: 1500,
    databaseConnections: 4,
    replicaMemoryMb: 512,
    workers: 3,
    logLevel: 'silent',
  });
  expect(config.coprocessor).toEqual({
    secret: 'x'.repeat(32),
    supergraphFile: 'supergraph.graphql',
    foreign: ['java', 'python'],
  });
  const aliases = new Map([
    ['tools/call', 'can_call'],
    ['constructor', 'can_make'],
  ]);
  const settings = { actions: 'plain', aliases, idEncoding: 'percent', claimTypes: new Set(['agent']) };
  expect(config.authzen).toEqual({ origin: 'https://access.example', settings });
  expect(config.mcp).toEqual({ mode: 'read', url: 'https://access.example/mcp', issuers: [] });
  const [first] = config.tokenClasses ?? [];
  expect(first).toMatchObject({
    subjectClaim: 'oid',
    algorithms: ['ES384'],
    context: new Map([['territory', 'country']]),
  });
  const recording = { name: 'Recording', key: 'isrc' };
  expect(config.toxicPairs).toEqual([
    {
      first: { type: 'account', permission: 'can_prepare' },
      second: { type: 'account', permission: 'can_approve' },
      scope: 'object',
    },
  ]);
  expect([...config.entities]).toEqual([
    ['recording', recording],
    ['team', false],
    ['label', {}],
  ]);
});

test.each([
  ['postgres://db/postern'],
  ['postgresql://u:p%40ss@db:5432/postern?sslmode=require'],
  ['postgres://u:a,b@one:5432,two:5433/postern'],
])('DATABASE_URL %s is taken', (url) => {
  expect(configOf({ DATABASE_URL: url }).database).toEqual({ kind: 'address', url });
});

test.each([
  [`mysql://u:${secret}@db/x`],
  [`postgres:${secret}`],
  [`postgres://u:${secret}@db:notaport/x`],
  [`postgres://u:%zz${secret}@db/x`],
  [`postgres://u:${secret} @db/x`],
  [secret],
])('DATABASE_URL %s is refused without a word of it', (url) => {
  const problems = problemsOf({ DATABASE_URL: url });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^DATABASE_URL is not a valid/);
  expect(problems[0]).not.toContain(secret);
});

test('production refuses to start without a database and without token classes', () => {
  const required = ['DATABASE_URL is missing; in production it is required.'];
  expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
    ...required,
    'POSTERN_TOKEN_CLASSES is missing; in production it is required.',
  ]);
});

test.each([['Production'], ['prod'], ['PRODUCTION'], ['production '], [' production']])(
  'NODE_ENV %j does not quietly become development',
  (value) => {
    expect(problemsOf({ ...production, NODE_ENV: value })).toEqual([
      `NODE_ENV "${value}" is neither production nor development. Did you mean "production"?`,
    ]);
  },
);

const development: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ PORT: '80a' }, 'PORT "80a" is not a whole number between 0 and 65535.'],
  [{ PORT: '65536' }, 'PORT "65536" is not a whole number between 0 and 65535.'],
  [{ PORT: '-1' }, 'PORT "-1" is not a whole number between 0 and 65535.'],
  [{ PORT: '1e3' }, 'PORT "1e3" is not a whole number between 0 and 65535.'],
  [{ PORT: `postgres://u:${secret}@x` }, 'PORT "postgres://…@x" is not a whole number between 0 and 65535.'],
  [{ POSTERN_HOST: 'a b' }, 'POSTERN_HOST "a b" contains a space, control or invisible character.'],
  [{ POSTERN_REQUEST_TIMEOUT_MS: '0' }, 'POSTERN_REQUEST_TIMEOUT_MS "0" is not a whole number between 1 and 300000.'],
  [
    { POSTERN_DATABASE_CONNECTIONS: '10.5' },
    'POSTERN_DATABASE_CONNECTIONS "10.5" is not a whole number between 1 and 1000.',
  ],
  [
    { POSTERN_LOG_LEVEL: 'inof' },
    'POSTERN_LOG_LEVEL "inof" is not one of trace, debug, info, warn, error, fatal, silent. Did you mean "info"?',
  ],
  [
    { POSTERN_LOG_LEVEL: 'warning' },
    'POSTERN_LOG_LEVEL "warning" is not one of trace, debug, info, warn, error, fatal, silent.',
  ],
  [
    { POSTERN_LOG_LEVEL: 'errors' },
    'POSTERN_LOG_LEVEL "errors" is not one of trace, debug, info, warn, error, fatal, silent. Did you mean "error"?',
  ],
  [
    { POSTERN_PLATFORM_OBJECT: 'platform' },
    'POSTERN_PLATFORM_OBJECT is not an object: The object "platform" is not of the form "type:id".',
  ],
  [{ POSTERN_ENTITES: '{}' }, 'The variable "POSTERN_ENTITES" is not known. Did you mean "POSTERN_ENTITIES"?'],
  [{ POSTERN_PORT: '80' }, 'The variable "POSTERN_PORT" is not known. Did you mean "PORT"?'],
  [{ POSTERN_DATABASE_URL: secret }, 'The variable "POSTERN_DATABASE_URL" is not known. Did you mean "DATABASE_URL"?'],
  [
    { POSTERN_SIGNING_SECRET: secret },
    'The variable "POSTERN_SIGNING_SECRET" is not known. Did you mean "POSTERN_CONSOLE_SECRET"?',
  ],
  [{ POSTERN_TOXIC_PAIRS: '{}' }, 'POSTERN_TOXIC_PAIRS "{}" is not a list.'],
  [
    { POSTERN_TOXIC_PAIRS: '[{"first":"a#can_b","second":"c"}]' },
    'POSTERN_TOXIC_PAIRS[0].second "c" is not of the form "type#can_permission".',
  ],
  [
    { POSTERN_TOXIC_PAIRS: '[{"first":"a#can_b","second":"a#can_b"}]' },
    'POSTERN_TOXIC_PAIRS[0] names "a#can_b" twice.',
  ],
  [
    { POSTERN_TOXIC_PAIRS: '[{"first":"a#can_b","second":"c#can_d"}]' },
    'POSTERN_TOXIC_PAIRS[0] has permissions of two types, which no object has together. Next: add "scope": "anywhere".',
  ],
  [
    { POSTERN_TOXIC_PAIRS: '[{"first":"a#can_b","second":"a#can_c","scop":"object"}]' },
    'POSTERN_TOXIC_PAIRS[0] has no setting "scop". Did you mean "scope"?',
  ],
  [{ POSTERN_ENTITIES: '{' }, 'POSTERN_ENTITIES "{" is not JSON.'],
  [{ POSTERN_ENTITIES: '[]' }, 'POSTERN_ENTITIES "[]" is not an object.'],
  [{ POSTERN_ENTITIES: '{"track":true}' }, 'POSTERN_ENTITIES.track true is neither false nor an object.'],
  [{ POSTERN_ENTITIES: '{"track":{"nam":"T"}}' }, 'POSTERN_ENTITIES.track has no setting "nam". Did you mean "name"?'],
  [{ POSTERN_ENTITIES: '{"track":{"name":5}}' }, 'POSTERN_ENTITIES.track.name 5 is not text.'],
  [
    { POSTERN_ENTITIES: '{"track":{"name":"a-b"}}' },
    'POSTERN_ENTITIES.track.name "a-b" is not a GraphQL name (letters, digits and "_", no leading "__").',
  ],
  [
    { POSTERN_ENTITIES: '{"track":{"key":"__id"}}' },
    'POSTERN_ENTITIES.track.key "__id" is not a GraphQL name (letters, digits and "_", no leading "__").',
  ],
  [
    { POSTERN_ENTITIES: '{"__proto__":false}' },
    'POSTERN_ENTITIES contains the key "__proto__", which cannot be a name.',
  ],
  [{ POSTERN_ENTITIES: '{"":false}' }, 'The type "" in POSTERN_ENTITIES is empty.'],
  [{ POSTERN_COPROCESSOR_SECRET: secret }, 'POSTERN_COPROCESSOR_SECRET is shorter than 32 characters.'],
  [
    { POSTERN_COPROCESSOR_SECRET: `${secret.repeat(5)}/` },
    'POSTERN_COPROCESSOR_SECRET may contain letters, digits, "-", "_", "." and "~" only, as addresses can.',
  ],
  [{ POSTERN_SUPERGRAPH_FILE: 'a.graphql' }, 'POSTERN_SUPERGRAPH_FILE needs POSTERN_COPROCESSOR_SECRET beside it.'],
  [{ POSTERN_FOREIGN_SUBGRAPHS: 'java' }, 'POSTERN_FOREIGN_SUBGRAPHS needs POSTERN_COPROCESSOR_SECRET beside it.'],
  [
    { POSTERN_COPROCESSOR_SECRET: 'x'.repeat(32), POSTERN_FOREIGN_SUBGRAPHS: 'java' },
    'POSTERN_FOREIGN_SUBGRAPHS needs POSTERN_SUPERGRAPH_FILE beside it: routers send no schema with what subgraphs answer.',
  ],
  [
    { POSTERN_AUTHZEN_URL: 'https://access.example/authz' },
    'POSTERN_AUTHZEN_URL "https://access.example/authz" is not an origin, as in "https://access.example".',
  ],
  [
    { ...production, POSTERN_AUTHZEN_URL: 'http://access.example' },
    'POSTERN_AUTHZEN_URL "http://access.example" is not an https:// address, as production requires.',
  ],
  [{ ...mcp, POSTERN_MCP: 'raed' }, 'POSTERN_MCP "raed" is not one of off, read, propose. Did you mean "read"?'],
  [{ POSTERN_MCP: 'read' }, 'POSTERN_MCP needs POSTERN_MCP_URL beside it.'],
  ...['https://access.example', 'https://access.example/mcp/', 'https://a.example/x/mcp', 'mcp', '/mcp'].map(
    (url): [Record<string, string>, string] => [
      { ...mcp, POSTERN_MCP_URL: url },
      `POSTERN_MCP_URL "${url}" is not an address as "https://access.example/mcp".`,
    ],
  ),
  [
    { ...production, ...mcp, POSTERN_MCP_URL: 'http://access.example/mcp' },
    'POSTERN_MCP_URL "http://access.example" is not an https:// address, as production requires.',
  ],
  [
    { ...mcp, ...classesOf({ ...entry, audience: 'https://access.example/mcp', doors: ['graphql', 'mcp'] }) },
    'POSTERN_TOKEN_CLASSES[0] has the door "mcp" beside others: tokens of agents are for nothing else; give it a class of its own.',
  ],
  [
    { ...mcp, ...classesOf({ ...entry, audience: 'postern', doors: ['mcp'] }) },
    'POSTERN_TOKEN_CLASSES[0].audience "postern" is not POSTERN_MCP_URL "https://access.example/mcp", as the door "mcp" requires.',
  ],
  [{ POSTERN_AUTHZEN_ACTIONS: 'plain' }, 'POSTERN_AUTHZEN_ACTIONS needs POSTERN_AUTHZEN_URL beside it.'],
  [
    { ...authzen, POSTERN_AUTHZEN_ACTIONS: 'plian' },
    'POSTERN_AUTHZEN_ACTIONS "plian" is not one of full, plain. Did you mean "plain"?',
  ],
  [
    { ...authzen, POSTERN_AUTHZEN_ID_ENCODING: 'base64' },
    'POSTERN_AUTHZEN_ID_ENCODING "base64" is not one of none, percent.',
  ],
  [{ ...authzen, POSTERN_AUTHZEN_ALIASES: '[1]' }, 'POSTERN_AUTHZEN_ALIASES "[1]" is not an object.'],
  [{ ...authzen, POSTERN_AUTHZEN_ALIASES: '{"x":7}' }, 'POSTERN_AUTHZEN_ALIASES: what "x" stands for is not text.'],
  [{ ...authzen, POSTERN_AUTHZEN_ALIASES: '{"x":""}' }, 'POSTERN_AUTHZEN_ALIASES: what "x" stands for is empty.'],
  [
    { ...authzen, POSTERN_AUTHZEN_ALIASES: '{"__proto__":"x"}' },
    'POSTERN_AUTHZEN_ALIASES contains the key "__proto__", which cannot be a name.',
  ],
  [{ POSTERN_TOKEN_CLASSES: 'user' }, 'POSTERN_TOKEN_CLASSES "user" is not JSON.'],
  [{ POSTERN_TOKEN_CLASSES: '{}' }, 'POSTERN_TOKEN_CLASSES "{}" is not a list.'],
  [{ POSTERN_TOKEN_CLASSES: '[]' }, 'POSTERN_TOKEN_CLASSES "[]" lists no token class.'],
  [{ POSTERN_TOKEN_CLASSES: '[5]' }, 'POSTERN_TOKEN_CLASSES[0] 5 is not an object.'],
];

test.each(development)('%j is refused', (environment, problem) => {
  expect(problemsOf(environment)).toEqual([problem]);
});

test('all problems are reported at once, in the order of the fields', () => {
  const problems = problemsOf({ PORT: 'x', POSTERN_LOG_LEVEL: 'y', POSTERN_X: '', ...classesOf({}, 5) });
  expect(problems.map((problem) => problem.split(' ').slice(0, 3).join(' '))).toEqual([
    'PORT "x" is',
    'POSTERN_TOKEN_CLASSES[0].subjectType is missing.',
    'POSTERN_TOKEN_CLASSES[0].issuer is missing.',
    'POSTERN_TOKEN_CLASSES[0].audience is missing.',
    'POSTERN_TOKEN_CLASSES[0].jwksUrl is missing.',
    'POSTERN_TOKEN_CLASSES[1] 5 is',
    'POSTERN_LOG_LEVEL "y" is',
    'The variable "POSTERN_X"',
  ]);
});

test('what Kubernetes adds for a service named postern is no misspelling', () => {
  expect(
    problemsOf({
      POSTERN_SERVICE_HOST: '10.0.0.1',
      POSTERN_SERVICE_PORT: '4000',
      POSTERN_SERVICE_PORT_HTTP: '4000',
      POSTERN_PORT: 'tcp://10.0.0.1:4000',
      POSTERN_PORT_4000_TCP: 'tcp://10.0.0.1:4000',
      POSTERN_PORT_4000_TCP_ADDR: '10.0.0.1',
    }),
  ).toEqual([]);
});

test.each<readonly [environment: Readonly<Record<string, string>>, problem: string]>([
  [
    { NODE_ENV: 'develpment' },
    'NODE_ENV "develpment" is neither production nor development. Did you mean "development"?',
  ],
  [{ NODE_ENV: 'staging' }, 'NODE_ENV "staging" is neither production nor development.'],
  [{ postern_host: 'x' }, 'The variable "postern_host" is not known. Did you mean "POSTERN_HOST"?'],
  [{ POSTREN_HOST: 'x' }, 'The variable "POSTREN_HOST" is not known. Did you mean "POSTERN_HOST"?'],
  [{ DATABSE_URL: 'postgres://a/b' }, 'The variable "DATABSE_URL" is not known. Did you mean "DATABASE_URL"?'],
  [
    { DATABASE_URL: 'postgres://a/b?sslmode=verify-ful' },
    'The "sslmode" "verify-ful" in DATABASE_URL is not one of disable, allow, prefer, require, verify-ca, verify-full. Did you mean "verify-full"?',
  ],
  [
    { DATABASE_URL: 'postgres://a,b/c?target_session_attrs=standby' },
    'The "target_session_attrs" "standby" in DATABASE_URL is not one of any, primary, read-write.',
  ],
])('%j is misspelt, and all that is said is that', (environment, problem) => {
  expect(problemsOf(environment)).toEqual([problem]);
});

test.each<readonly [environment: Readonly<Record<string, string>>]>([
  [{ NODE_ENV: 'test' }],
  [{ POSTGRES_HOST: 'x', POSTER_PORT: '1', DATABASE_URI: 'x', DATABASE_URL: 'postgres://a/b', DATABASE_URL2: 'x' }],
])('%j is nothing of ours', (environment) => {
  expect(problemsOf(environment)).toEqual([]);
});

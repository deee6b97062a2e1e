import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Metrics } from '../../src/base/metrics.ts';
import type { Actor, Delegate } from '../../src/operations/actor.ts';
import type { DecisionLogConfig } from '../../src/server/config/decision-log-config.ts';
import { DecisionLog } from '../../src/server/telemetry/decision-log.ts';
import { SpanExporter } from '../../src/server/telemetry/span-exporter.ts';
import { tallyDecisions } from '../../src/server/telemetry/tally-decisions.ts';
import { LineFile } from '../../src/server/telemetry/write-lines.ts';
import { useDatabase } from '../support/database.ts';
import { object } from '../support/parse.ts';
import { signedIn } from '../support/postern.ts';
import { creatorsStore, type PosternServer, startPosternServer, usePosternServer } from '../support/postern-server.ts';
import { type CollectedSpan, startTraceCollector, type TraceCollector } from '../support/trace-collector.ts';

const databaseUrl = useDatabase();
/** One that tells nobody anything. */
const quiet = usePosternServer(databaseUrl, { store: creatorsStore });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-telemetry-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const page = `query secretName { viewer { subject } _entities(representations: [
  { __typename: "Track", id: "aurora-1" }, { __typename: "Track", id: "harbour-1" }, { __typename: "Track", id: "secret-track" }
]) { ... on Track { permissions { canEdit canViewStats } } } }`;
const revoke = `mutation { revokeRole(input: { object: "artist:luna", role: "reader", subject: "user:secret-person", reason: "secret reason" })
  { userErrors { code } } }`;
const unknown = '{ viewer { can(permission: "can_secret", object: "track:aurora-1") } }';

const theirs = '0af7651916cd43dd8448eb211c80319c';
const parent = (flags: string) => ({ traceparent: `00-${theirs}-b7ad6b7169203331-${flags}` });

/** Whatever is asked below, by who asks it. */
async function askAll(server: PosternServer) {
  const ask = (query: string, as: string | undefined, headers: Record<string, string> = {}) =>
    server.ask(query, { ...(as && { as }), headers: { 'x-request-id': 'secret-id', ...headers } });
  return [
    await ask(page, 'user:eve'),
    await ask(page, 'user:eve', parent('01')),
    await ask(page, 'user:eve', parent('00')),
    await ask(page, undefined, parent('01')),
    await ask(page, undefined, { ...parent('01'), authorization: 'Bearer secret.token.x' }),
    await ask(page, 'user:eve', { traceparent: '00-secret' }),
    await ask(revoke, 'user:eve'),
    await ask(unknown, 'user:eve'),
  ].map(({ status, text }) => [status, text]);
}

const tracing = ({ url }: TraceCollector) => ({
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_HEADERS: 'x-own=a%20key',
  OTEL_EXPORTER_OTLP_TIMEOUT: '200',
  OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  POSTERN_METRICS_ADDRESS: '127.0.0.1:0',
});

const secrets = /secret|aurora|harbour|luna|user:eve|Bearer/;

describe('traces', () => {
  let collector: TraceCollector;
  let answers: unknown;
  beforeAll(async () => {
    collector = await startTraceCollector('take');
    const server = await startPosternServer({ databaseUrl: databaseUrl(), environment: tracing(collector) });
    answers = await askAll(server);
    // What is left is sent before it ends.
    await server.stop();
    await collector.stop();
  });

  const operations = () => collector.spans().filter(({ kind }) => kind === 2);
  const below = ({ spanId }: CollectedSpan) => collector.spans().filter((span) => span.parentSpanId === spanId);
  const valuesOf = ({ attributes }: CollectedSpan) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));

  test('change no answer', async () => {
    expect(answers).toEqual(await askAll(quiet()));
  });

  test('are a span of the request, of its batch, and of each of its statements', () => {
    const [first] = operations();
    if (first === undefined) throw new Error('There is a span.');
    expect(first.name).toBe('query viewer _entities');
    expect(valuesOf(first)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'postern.operation': 'query viewer _entities',
      'postern.outcome': 'ok',
    });
    const children = below(first);
    const [batch] = children.filter(({ name }) => name === 'batch');
    const counts = ['allowed', 'denied', 'undecided'].map(
      (kind) => valuesOf(batch as CollectedSpan)[`postern.checks.${kind}`],
    );
    expect(counts).toEqual([3, 3, 0]);
    expect(valuesOf(batch as CollectedSpan)['postern.model']).toBeGreaterThan(0);
    const statements = children.filter(({ kind }) => kind === 3);
    expect(statements.map(({ name }) => name)).toContain('check');
    for (const span of children) {
      expect(span.traceId).toBe(first.traceId);
      expect(BigInt(span.startTimeUnixNano) >= BigInt(first.startTimeUnixNano)).toBe(true);
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
    }
  });

  test('are those of callers whom we know, and never of others', () => {
    // One of eight says that it is not sampled.
    expect(operations()).toHaveLength(7);
    const taken = operations().filter(({ traceId }) => traceId === theirs);
    expect(taken.map(({ parentSpanId }) => parentSpanId)).toEqual(['b7ad6b7169203331']);
    const outcomes = operations().map((span) => valuesOf(span)['postern.outcome']);
    expect(outcomes.toSorted()).toEqual(['invalid', 'ok', 'ok', 'ok', 'ok', 'refused', 'unauthenticated']);
    expect(new Set(operations().map(({ traceId }) => traceId)).size).toBe(7);
  });

  test('name nobody, and nothing that callers send; what is sent says who sends it', () => {
    for (const body of collector.bodies) expect(body).not.toMatch(secrets);
    expect(collector.headers[0]?.['x-own']).toBe('a key');
    const { attributes } = JSON.parse(collector.bodies[0] ?? '').resourceSpans[0].resource;
    expect(attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'postern' } });
    expect(attributes).toContainEqual({ key: 'deployment.environment.name', value: { stringValue: 'test' } });
  });
});

test('a collector that hangs changes no answer, and is waited for no longer than is set', async () => {
  const collector = await startTraceCollector('hang');
  const server = await startPosternServer({ databaseUrl: databaseUrl(), environment: tracing(collector) });
  expect(await askAll(server)).toEqual(await askAll(quiet()));
  await server.stop();
  const counted = server.running.postern.metrics?.read().find(([name]) => name === 'postern_spans_total')?.[1] ?? [];
  expect(counted.map(({ labels }) => labels)).toEqual([['failed']]);
  await collector.stop();
});

test.each<[what: 'take' | 'refuse' | 'hang' | 'reset', expected: Record<string, number>]>([
  ['take', { sent: 2560 }],
  ['refuse', { failed: 512 }],
  ['hang', { failed: 512 }],
  ['reset', { failed: 512 }],
])(
  'of more spans than there is room for, with a collector that does %s, the rest is dropped and counted',
  async (what, expected) => {
    const collector = await startTraceCollector(what);
    const metrics = new Metrics();
    const endpoint = `${collector.url}/v1/traces`;
    const config = { endpoint, headers: {}, timeoutMs: 500, resource: {}, sampling: { followsParent: true, ratio: 1 } };
    const exporter = new SpanExporter(config, '1', metrics, () => {});
    const span = {
      traceId: '',
      spanId: '',
      parentId: undefined,
      kind: 'client',
      attributes: {},
      isFailed: false,
    } as const;
    for (let n = 0; n < 10_000; n += 1) exporter.send({ ...span, name: 'check', startMs: 0, endMs: 0 });
    await exporter.end();
    const [, series = []] = metrics.read()[0] ?? [];
    const counted = Object.fromEntries(series.map(({ labels, value }) => [labels[0], value]));
    expect(counted).toEqual({ dropped: 10_000 - 2560, ...expected });
    await collector.stop();
  },
);

describe('the decision log', () => {
  const logging = async (environment: Record<string, string>) => {
    const file = join(folder, `${Math.random()}.log`);
    const server = await startPosternServer({
      databaseUrl: databaseUrl(),
      environment: {
        POSTERN_DECISION_LOG: 'all',
        POSTERN_DECISION_LOG_FILE: file,
        POSTERN_METRICS_ADDRESS: '127.0.0.1:0',
        ...environment,
      },
    });
    const answers = await askAll(server);
    await server.stop();
    const text = await readFile(environment.POSTERN_DECISION_LOG_FILE ?? file, 'utf8').catch(() => '');
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const counted = server.running.postern.metrics
      ?.read()
      .find(([name]) => name === 'postern_decision_log_lines_total')?.[1];
    return { file, answers, text, lines, counted };
  };

  test('says of each request what was decided, masked, and changes no answer', async () => {
    const { file, answers, text, lines, counted } = await logging({});
    expect(answers).toEqual(await askAll(quiet()));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(text.replaceAll(/"secret-id"|can_secret/g, '')).not.toMatch(secrets);
    const [first] = lines;
    expect(first).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      log: 'decision',
      door: 'graphql',
      requestId: 'secret-id',
      caller: expect.stringMatching(/^[\w-]{22}$/),
      type: 'track',
      permission: 'can_edit',
      outcome: 'denied',
      checks: 2,
      revision: expect.any(Number),
      model: expect.any(Number),
      durationMs: expect.any(Number),
    });
    const said = lines.map(({ permission, outcome, checks }) => [permission, outcome, checks]);
    expect(said.slice(0, 4)).toEqual([
      ['can_edit', 'denied', 2],
      ['can_view_stats', 'allowed', 2],
      ['can_edit', 'allowed', 1],
      ['can_view_stats', 'denied', 1],
    ]);
    expect(said.at(-1)).toEqual(['can_secret', 'UNKNOWN_RELATION', 1]);
    expect(counted?.map(({ labels, value }) => [labels[0], value])).toEqual([['written', lines.length]]);
  });

  const usual = { mode: 'all', to: 'stdout', oneIn: 100, callers: 'masked', key: 'k'.repeat(32) } as const;
  test.each<[what: string, delegate: Delegate | undefined, named: string | undefined]>([
    [
      'an agent',
      { kind: 'agent', object: object('agent:bot'), context: new Map(), permission: 'can_act' },
      'agent:bot',
    ],
    ['a recorded name', { kind: 'recorded', name: 'gateway' }, 'gateway'],
    ['nobody', undefined, undefined],
  ])('names whoever acts: %s', async (_what, delegate, named) => {
    const to = join(folder, `${Math.random()}.log`);
    const file = new LineFile({ to, onWritten: () => {}, onFailed: () => {} });
    const log = new DecisionLog({ ...usual, callers: 'plain' }, file, undefined);
    const checks = [{ object: object('track:aurora-1'), relation: 'can_edit' }];
    const batch = { checks, decisions: [{ kind: 'denied' }], state: undefined, startedAt: 0 } as const;
    log.note({ ...batch, actor: { ...signedIn('user:eve'), delegate } as Actor }, () => tallyDecisions(batch));
    await file.end(10_000);
    const line = JSON.parse(await readFile(to, 'utf8')) as Record<string, unknown>;
    expect([line.caller, line.delegate]).toEqual(['user:eve', named]);
  });

  test.each<[what: string, config: Partial<DecisionLogConfig>, caller: string | undefined, logged: number]>([
    ['has one mask for a key', {}, '5tTWCFb8ZXMeEh3cthUtnQ', 2000],
    ['names callers where it is told to', { callers: 'plain' }, 'user:eve', 2000],
    ['leaves them out where it is told to', { callers: 'none' }, undefined, 2000],
    ['leaves out what is not of the sample', { mode: 'sampled' }, '5tTWCFb8ZXMeEh3cthUtnQ', 18],
  ])('%s', async (_what, config, caller, logged) => {
    const to = join(folder, `${Math.random()}.log`);
    const file = new LineFile({ to, onWritten: () => {}, onFailed: () => {} });
    const log = new DecisionLog({ ...usual, ...config }, file, undefined);
    const checks = [{ object: object('track:aurora-1'), relation: 'can_edit' }];
    const batch = { checks, decisions: [{ kind: 'denied' }], state: undefined, startedAt: 0 } as const;
    for (let n = 0; n < 2000; n += 1) {
      const actor = { ...signedIn('user:eve'), requestId: `request-${n}` } as Actor;
      log.note({ ...batch, actor }, () => tallyDecisions(batch));
    }
    await file.end(10_000);
    const lines = (await readFile(to, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(logged);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject(caller === undefined ? {} : { caller });
    expect('caller' in JSON.parse(lines[0] ?? '')).toBe(caller !== undefined);
  });

  test('that cannot be written costs its lines, and no answer', async () => {
    const { answers, counted } = await logging({ POSTERN_DECISION_LOG_FILE: '/dev/full' });
    expect(answers).toEqual(await askAll(quiet()));
    expect(counted?.map(({ labels }) => labels)).toEqual([['failed']]);
  });

  test('that can never be written is refused at the start', async () => {
    await expect(logging({ POSTERN_DECISION_LOG_FILE: '/nowhere/at/all' })).rejects.toThrow(
      'POSTERN_DECISION_LOG_FILE "/nowhere/at/all" cannot be written to (ENOENT). Next: name a file in a folder that the server may write to.',
    );
  });

  test('takes no more than there is room for', async () => {
    let written = 0;
    const file = new LineFile({
      to: join(folder, 'much.log'),
      onWritten: (lines) => (written += lines),
      onFailed: () => {},
    });
    const line = 'x'.repeat(1023);
    const taken = Array.from({ length: 10_000 }, () => file.write(line)).filter(Boolean).length;
    expect(taken).toBe(4100);
    await file.end(10_000);
    expect(written).toBe(taken);
    expect(file.write(line)).toBe(false);
  });
});

test('with all of it off, nobody looks at statements and decisions', () => {
  expect(quiet().running.postern).toMatchObject({ metrics: undefined, onDecided: undefined });
});

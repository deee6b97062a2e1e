import { failed, ok, type Result } from '../../base/result.ts';
import { combineResults } from './combine-results.ts';
import { type Environment, quoteSetting, readChoice, readWholeNumber, readWord, variable } from './environment.ts';

/** What is traced, and where it is sent, by the names that OpenTelemetry has for it; undefined for nothing. */
export interface TraceConfig {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Attributes that say who sends it. */
  readonly resource: Readonly<Record<string, string>>;
  readonly sampling: Sampling;
}

export interface Sampling {
  /** Whether a trace that is taken over from a caller is sampled where the caller samples it. */
  readonly followsParent: boolean;
  /** The part of all others, from 0 to 1. */
  readonly ratio: number;
}

export function readTraces(environment: Environment): Result<TraceConfig | undefined, readonly string[]> {
  const exporter = readChoice(environment, 'OTEL_TRACES_EXPORTER', ['none', 'otlp'], 'none');
  if (!exporter.ok) return exporter;
  if (exporter.value === 'none' || variable(environment, 'OTEL_SDK_DISABLED') === 'true') return ok(undefined);
  const name = readWord(environment, 'OTEL_SERVICE_NAME', 'postern');
  return combineResults<TraceConfig>({
    endpoint: readEndpoint(environment),
    headers: readPairs(environment, 'OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'OTEL_EXPORTER_OTLP_HEADERS'),
    timeoutMs: readWholeNumber(environment, 'OTEL_EXPORTER_OTLP_TIMEOUT', {
      otherwise: 10_000,
      least: 1,
      most: 60_000,
    }),
    resource: readResource(environment, name),
    sampling: readSampling(environment),
  });
}

function readEndpoint(environment: Environment): Result<string, readonly string[]> {
  const spoken = readProtocol(environment);
  if (!spoken.ok) return spoken;
  const own = variable(environment, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const base = variable(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT') ?? 'http://localhost:4318';
  const text = own ?? `${base.replace(/\/$/, '')}/v1/traces`;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return ok(text);
  const setting = own === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  return failed([`${setting} ${quoteSetting(own ?? base)} is not an address of HTTP, as "http://localhost:4318" is.`]);
}

function readProtocol(environment: Environment): Result<string, readonly string[]> {
  const name =
    variable(environment, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') === undefined
      ? 'OTEL_EXPORTER_OTLP_PROTOCOL'
      : 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL';
  const protocol = variable(environment, name) ?? 'http/json';
  if (protocol === 'http/json') return ok(protocol);
  const next = 'set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL to http/json, which collectors take at port 4318';
  return failed([`${name} ${quoteSetting(protocol)} is not what traces are sent in. Next: ${next}.`]);
}

/** `name=value,name=value`, with values that may be percent-encoded. What is wrong with them is not quoted: they hold secrets. */
function readPairs(
  environment: Environment,
  ...names: readonly ('OTEL_EXPORTER_OTLP_TRACES_HEADERS' | 'OTEL_EXPORTER_OTLP_HEADERS' | 'OTEL_RESOURCE_ATTRIBUTES')[]
): Result<Readonly<Record<string, string>>, readonly string[]> {
  const name = names.find((one) => variable(environment, one) !== undefined);
  if (name === undefined) return ok({});
  const pairs = (variable(environment, name) ?? '').split(',').filter((pair) => pair.trim() !== '');
  const read = pairs.map((pair) => /^\s*([\w.!#$&'*+^`|~-]+)\s*=\s*(.*?)\s*$/.exec(pair));
  if (read.includes(null)) return failed([`${name} is not of the form name=value,name=value.`]);
  try {
    return ok(Object.fromEntries(read.map((match) => [match?.[1] ?? '', decodeURIComponent(match?.[2] ?? '')])));
  } catch {
    return failed([`${name} has a value with a "%" that begins no character.`]);
  }
}

function readResource(
  environment: Environment,
  name: Result<string, readonly string[]>,
): Result<Readonly<Record<string, string>>, readonly string[]> {
  const given = readPairs(environment, 'OTEL_RESOURCE_ATTRIBUTES');
  if (!name.ok) return name;
  if (!given.ok) return given;
  const isNamed = variable(environment, 'OTEL_SERVICE_NAME') !== undefined;
  return ok({ 'service.name': name.value, ...given.value, ...(isNamed && { 'service.name': name.value }) });
}

const samplers = [
  ...(['always_on', 'always_off', 'traceidratio'] as const),
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
];

function readSampling(environment: Environment): Result<Sampling, readonly string[]> {
  const sampler = readChoice(environment, 'OTEL_TRACES_SAMPLER', samplers, 'parentbased_always_on');
  if (!sampler.ok) return sampler;
  const followsParent = sampler.value.startsWith('parentbased');
  if (!sampler.value.endsWith('traceidratio')) {
    return ok({ followsParent, ratio: sampler.value.endsWith('always_on') ? 1 : 0 });
  }
  const text = variable(environment, 'OTEL_TRACES_SAMPLER_ARG') ?? '1';
  const ratio = /^[\d.]+$/.test(text) ? Number(text) : Number.NaN;
  if (ratio >= 0 && ratio <= 1) return ok({ followsParent, ratio });
  return failed([`OTEL_TRACES_SAMPLER_ARG ${quoteSetting(text)} is not a number from 0 to 1.`]);
}

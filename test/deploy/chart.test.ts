import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../scripts/release/manifest.ts';
import { run } from '../../scripts/release/run.ts';
import { type Config, readConfig } from '../../src/server/config.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';
import { type Container, type Manifest, Manifests } from './support/read-manifests.ts';
import {
  goldenOf,
  refusedValues,
  renderChart,
  renderings,
  renderRefusals,
  sourceLine,
} from './support/render-chart.ts';

/** With it, Helm, which has to be on the PATH, renders the chart anew, and the types of Kubernetes come from npm's registry. */
const isLong = process.env.TEST_DEPLOY === 'long';
const read = (path: string) => readFileSync(path, 'utf8');

const server = usePosternServer(useDatabase(), { store: creatorsStore });

/** What a container is told, with values for the secrets, as the server reads it in production. */
function configOf(container: Container): Config {
  const secrets = new Map([
    ['DATABASE_URL', 'postgres://u:p@db/postern'],
    ['POSTERN_COPROCESSOR_SECRET', 's'.repeat(32)],
    ['POSTERN_CONSOLE_SECRET', 's'.repeat(32)],
    [
      'POSTERN_CONSOLE_SIGN_INS',
      '[{ "name": "staff", "issuer": "https://id.example/", "clientId": "console", "token": "id" }]',
    ],
  ]);
  const entries = container.env.map(
    ({ name, value, valueFrom }) => [name, valueFrom ? secrets.get(name) : value] as const,
  );
  const config = readConfig({ NODE_ENV: 'production', ...Object.fromEntries(entries) });
  if (!config.ok) throw new Error(config.problem.join('\n'));
  return config.value;
}

describe.each(renderings)('the chart with the values "%s"', (rendering) => {
  const text = read(goldenOf(rendering));
  const manifests = new Manifests(text);
  const { deployment } = manifests;
  const { server: answering, migration } = manifests.containers;
  const pod = deployment.spec.template.spec;

  test('was rendered by Helm from what is there now', () => {
    expect(text.split('\n')[0]).toBe(sourceLine(rendering));
    if (isLong) expect(text).toBe(`${sourceLine(rendering)}\n${renderChart(rendering)}`);
  });

  test('tells servers and migrations what they understand, and each the address that is theirs', () => {
    expect(configOf(migration).mode).toBe('production');
    const config = configOf(answering);
    const port = (name: string) => answering.ports?.find((one) => one.name === name)?.containerPort;
    expect([config.port, config.metricsAddress]).toEqual([port('http'), { host: '0.0.0.0', port: port('metrics') }]);
    expect(config.workers).toBe(1);
    expect(config.console?.origin).toBe(rendering === 'all' ? 'https://access.example' : undefined);
    const addresses = [answering, migration].map(
      ({ env }) => env.find(({ name }) => name === 'DATABASE_URL')?.valueFrom,
    );
    const expected =
      rendering === 'all' ? ['postern-servers', 'postern-owner'] : ['postern-database', 'postern-database'];
    expect(addresses.map((one) => one?.secretKeyRef.name)).toEqual(expected);
  });

  test('holds no secret, and makes none', () => {
    const inTheOpen = [answering, migration].flatMap(({ env }) => env.filter(({ value }) => value !== undefined));
    expect(inTheOpen.filter(({ name }) => /SECRET|DATABASE_URL|SIGN_INS/.test(name))).toEqual([]);
    expect(manifests.all.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('asks a server where it answers, and lets go of it before it stops', async () => {
    const { startupProbe, livenessProbe, readinessProbe } = answering;
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
      expect([httpGet.port, (await server().send(httpGet.path)).status]).toEqual(['http', 200]);
    }
    expect(readinessProbe.httpGet.path).not.toBe(livenessProbe.httpGet.path);
    const { drainMs } = configOf(answering);
    const noticedMs = readinessProbe.periodSeconds * readinessProbe.failureThreshold * 1000;
    const preStopMs = (answering.lifecycle?.preStop.sleep.seconds ?? 0) * 1000;
    expect(noticedMs).toBeLessThan(drainMs);
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThanOrEqual(preStopMs + drainMs + 15_000);
  });

  test('lets a pod do nothing that a server does not need', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(pod).not.toHaveProperty('volumes');
    for (const { securityContext, resources } of [answering, migration]) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources.limits.memory).toBe(resources.requests.memory);
      expect(resources.limits).not.toHaveProperty('cpu');
    }
  });

  test('keeps servers when nodes go, and replaces them one after the other', () => {
    expect(deployment.spec.replicas).toBeGreaterThan(2);
    expect(deployment.spec.strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
    expect(pod.topologySpreadConstraints).toMatchObject([
      { topologyKey: 'topology.kubernetes.io/zone' },
      { topologyKey: 'kubernetes.io/hostname' },
    ]);
    expect(manifests.one('PodDisruptionBudget').spec).toHaveProperty('maxUnavailable');
  });

  test('migrates in each pod, before the server, and in no hook that somebody would have to wait for', () => {
    expect([migration.args, migration.image]).toEqual([['migrate'], answering.image]);
    expect(text).not.toMatch(/helm\.sh\/hook|kind: Job/);
  });

  test('means its own pods everywhere', () => {
    const { labels } = deployment.spec.template.metadata;
    const { matchLabels } = deployment.spec.selector;
    expect(Object.keys(matchLabels)).toEqual(['app.kubernetes.io/name', 'app.kubernetes.io/instance']);
    expect(labels).toMatchObject(matchLabels);
    expect(manifests.one('Service').spec.selector).toEqual(matchLabels);
    expect(manifests.one('NetworkPolicy').spec.podSelector).toEqual({ matchLabels });
    expect(manifests.one('PodDisruptionBudget').spec.selector).toEqual({ matchLabels });
  });

  test('opens the ports of the server, and no more', () => {
    const names = (answering.ports ?? []).map(({ name }) => name);
    expect(names).toEqual(['http', 'metrics']);
    expect(manifests.one('Service').spec.ports).toMatchObject(names.map((name) => ({ name, targetPort: name })));
    const { ingress, egress, policyTypes } = manifests.one('NetworkPolicy').spec;
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress).toMatchObject(names.map((port) => ({ ports: [{ port }] })));
    expect(egress).toHaveLength(3);
  });

  if (isLong)
    test('is what Kubernetes knows, by its own types', () => expect(typeProblems(manifests.all)).toBe(''), 300_000);
});

test('the version is that of the packages', () => {
  const { image } = new Manifests(read(goldenOf('least'))).containers.server;
  expect(image).toBe(`registry.example/postern:${readManifest('.').version}`);
});

test('metrics are read where they are told, by an operator of Prometheus that is wanted', () => {
  const monitor = new Manifests(read(goldenOf('all'))).one('ServiceMonitor');
  expect(monitor.spec).toMatchObject({ endpoints: [{ port: 'metrics', path: '/metrics' }] });
  expect(read(goldenOf('least'))).not.toContain('ServiceMonitor');
});

test('values that are no good are refused, and say which', () => {
  const refusals = read('test/golden/chart/refused.txt');
  expect(refusals).not.toContain('is taken');
  for (const values of refusedValues) expect(refusals).toContain(`${values.join(' ')}\n  - at `);
  if (isLong) expect(refusals).toBe(renderRefusals());
});

/** What the compiler says of the objects as values of the types of Kubernetes: names and types of all fields. */
function typeProblems(manifests: readonly Manifest[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-kubernetes-'));
  try {
    run('npm', ['init', '--yes'], folder);
    run('npm', ['install', '--no-audit', 'kubernetes-types@1.30.0'], folder);
    const known = manifests.filter(({ kind }) => kind !== 'ServiceMonitor');
    const lines = known.map((manifest, index) => {
      const [group = '', version = ''] = String(Reflect.get(manifest, 'apiVersion')).split('/');
      const from = version === '' ? `core/${group}` : `${group.replace('.k8s.io', '')}/${version}`;
      return `import type { ${manifest.kind} as Kind${index} } from 'kubernetes-types/${from}.d.ts';\nexport const object${index}: Kind${index} = ${JSON.stringify(manifest)};`;
    });
    writeFileSync(join(folder, 'objects.ts'), lines.join('\n'));
    run(
      process.execPath,
      [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--types', '', 'objects.ts'],
      folder,
    );
    return '';
  } catch (error) {
    return String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

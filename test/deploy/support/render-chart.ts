import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { run } from '../../../scripts/release/run.ts';

export const chart = 'deploy/helm';
export const renderings = globSync('test/deploy/values/*.yaml').map((file) => basename(file, '.yaml'));

/** Values that are no good, as Helm is given them besides the least ones. */
export const refusedValues: readonly (readonly string[])[] = [
  ['image.repository='],
  ['database.secret.name='],
  ['tokenClasses=null'],
  ['settings.POSTERN_COPROCESSOR_SECRET=in-the-open'],
  ['settings.POSTERN_CONSOLE_SECRET=in-the-open'],
  ['console.url=https://access.example', 'console.secret.name=postern-console'],
  ['settings.DATABASE_URL=postgres://in-the-open'],
  ['settings.POSTERN_DRAIN_MS=1'],
  ['replicas=0'],
  ['service.port=80'],
  ['image.digest=sha256:short'],
  ['replica=3'],
];

export function goldenOf(rendering: string): string {
  return `test/golden/chart/${rendering}.yaml`;
}

/** What the chart and the values are, in few letters: the first line of what was rendered from them. */
export function sourceLine(rendering: string): string {
  const files = [...globSync(`${chart}/**/*.*`).toSorted(), `test/deploy/values/${rendering}.yaml`];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n${readFileSync(file, 'utf8')}\n`);
  return `# Rendered by Helm from what has the SHA-256 ${hash.digest('hex').slice(0, 32)}; after a change: npm run chart:render`;
}

/** What Helm makes of the chart; the oldest Kubernetes that it is for is said, since Helm asks no cluster. */
export function renderChart(rendering: string, more: readonly string[] = []): string {
  const values = `test/deploy/values/${rendering}.yaml`;
  const set = more.flatMap((one) => ['--set', one]);
  return run('helm', [
    'template',
    'postern',
    chart,
    '--namespace',
    'access',
    '--kube-version',
    '1.30.0',
    '--values',
    values,
    ...set,
  ]);
}

/** What Helm says of each of the refused values. */
export function renderRefusals(): string {
  return refusedValues
    .map((values) => {
      try {
        renderChart('least', values);
        return `${values.join(' ')}\n  is taken\n`;
      } catch (error) {
        const said = (error instanceof Error ? error.message : '').split('postern:\n')[1] ?? String(error);
        return `${values.join(' ')}\n${said.trim().replaceAll(/^/gm, '  ')}\n`;
      }
    })
    .join('\n');
}

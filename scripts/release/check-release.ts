import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readManifest } from './manifest.ts';

/** What a release has to have said of itself, and why it cannot be made; no sentence where it can. */
export interface ReleaseCheck {
  readonly version: string;
  /** What the changelog says of this version. */
  readonly changes: string;
  readonly problems: readonly string[];
}

/** One version everywhere, and a section of the changelog for it. */
export function checkRelease(): ReleaseCheck {
  const { version } = readManifest('.');
  const chart: { readonly version: string; readonly appVersion: string } = parse(
    readFileSync('deploy/helm/Chart.yaml', 'utf8'),
  );
  const lock: { readonly packages: Readonly<Record<string, { readonly version?: string }>> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  );
  const others = [
    ['packages/guard/package.json', readManifest('packages/guard').version],
    ['package-lock.json', lock.packages['']?.version],
    ['package-lock.json for packages/guard', lock.packages['packages/guard']?.version],
    ['version of deploy/helm/Chart.yaml', chart.version],
    ['appVersion of deploy/helm/Chart.yaml', chart.appVersion],
  ] as const;
  const wrong = others.filter(([, found]) => found !== version);
  const changes = changesOf(version, readFileSync('CHANGELOG.md', 'utf8'));
  return {
    version,
    changes: changes ?? '',
    problems: [
      ...wrong.map(([where, found]) => `The ${where} is "${found}", and package.json says "${version}".`),
      ...(changes ? [] : [`CHANGELOG.md says nothing of "## ${version}".`]),
    ],
  };
}

/** The section of a version, without its heading. */
export function changesOf(version: string, changelog: string): string | undefined {
  const section = changelog.split(/^## /m).find((text) => text.split(/[\s,]/, 1)[0] === version);
  return section?.slice(section.indexOf('\n')).trim();
}

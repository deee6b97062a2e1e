import { parseArgs } from 'node:util';
import { buildGuardPackage } from './release/build-guard-package.ts';
import { buildServer } from './release/build-server.ts';
import { checkRelease } from './release/check-release.ts';
import { provenanceOf } from './release/manifest.ts';
import { pack } from './release/pack.ts';
import { run } from './release/run.ts';

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });

try {
  release(values['dry-run']);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Builds the server's and the guard's packages, with one version; publishes them unless it is only tried. */
function release(isTried: boolean): void {
  const { version, changes, problems } = checkRelease();
  const all = [...problems, ...(isTried ? [] : publishingProblems(version))];
  if (all.length > 0) throw new Error(`This is not to be released.\n${all.map((one) => `- ${one}`).join('\n')}`);
  const packages = [buildServer('dist/release/server'), buildGuardPackage('dist/release/guard')].map((folder) =>
    pack(folder),
  );
  print(`Version ${version}\n\n${changes}\n`);
  for (const { name, file, files, bytes, integrity } of packages) {
    print(`${name}: ${file}, ${files} files, ${Math.ceil(bytes / 1024)} KB\n  ${integrity}`);
  }
  if (!isTried) for (const { file } of packages) run('npm', ['publish', file, '--provenance', '--access', 'public']);
  print(isTried ? 'Nothing was published.' : 'Both are published.');
}

/** What is published can be built again from what is committed, where somebody else can see it. */
function publishingProblems(version: string): readonly string[] {
  const isTagged = run('git', ['tag', '--points-at', 'HEAD']).split('\n').includes(`v${version}`);
  return [
    ...(run('git', ['status', '--porcelain']) === '' ? [] : ['Something is not committed.']),
    ...(isTagged ? [] : [`The commit has no tag "v${version}".`]),
    ...(provenanceOf(process.env).repository
      ? []
      : ['No repository is named in GITHUB_SERVER_URL and GITHUB_REPOSITORY: publish in CI.']),
  ];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

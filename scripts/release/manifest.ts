import { readFileSync } from 'node:fs';

/** A package.json, as far as releases look into it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: 'module';
  readonly engines: { readonly node: string };
  readonly imports?: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
}

/** What npm has to know to say of a package where it was built, and from what. */
export interface Provenance {
  readonly repository?: { readonly type: 'git'; readonly url: string; readonly directory?: string };
  readonly publishConfig: { readonly access: 'public'; readonly provenance: true };
}

/** Where a release is published from, the environment says where its sources are: nobody has to keep an address true. */
export function provenanceOf(environment: NodeJS.ProcessEnv, directory?: string): Provenance {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
  const url = server && repository ? `git+${server}/${repository}.git` : undefined;
  return {
    ...(url !== undefined && { repository: { type: 'git', url, ...(directory !== undefined && { directory }) } }),
    publishConfig: { access: 'public', provenance: true },
  };
}

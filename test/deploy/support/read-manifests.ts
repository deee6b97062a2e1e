import { parseAllDocuments } from 'yaml';

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

export interface EnvironmentEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env: readonly EnvironmentEntry[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: unknown;
  readonly resources: {
    readonly limits: Readonly<Record<string, string>>;
    readonly requests: Readonly<Record<string, string>>;
  };
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
}

export interface PodSpec {
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds: number;
  readonly topologySpreadConstraints: readonly unknown[];
}

/** An object of Kubernetes, as far as tests look into it. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface Deployment extends Manifest {
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly strategy: unknown;
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: PodSpec;
    };
  };
}

export class Manifests {
  readonly all: readonly Manifest[];

  constructor(text: string) {
    this.all = parseAllDocuments(text)
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest) => manifest !== null);
  }

  /** The only one of its kind. */
  one(kind: string): Manifest {
    const found = this.all.filter((manifest) => manifest.kind === kind);
    const [manifest] = found;
    if (manifest === undefined || found.length > 1) throw new Error(`There are ${found.length} of ${kind}.`);
    return manifest;
  }

  get deployment(): Deployment {
    return this.one('Deployment') as Deployment;
  }

  /** What answers, and what brings the tables up to date before. */
  get containers(): { readonly server: Container; readonly migration: Container } {
    const { containers, initContainers } = this.deployment.spec.template.spec;
    const [[server], [migration]] = [containers, initContainers];
    if (server === undefined || migration === undefined) throw new Error('A container is missing.');
    return { server, migration };
  }
}

import type { Asker, Decision } from './asker.ts';
import type { Judged, SoakWorld } from './soak-world.ts';

/** Asks, in several ways, what the reference evaluator has answered before. */
export class JudgedReads {
  readonly #asker: Asker;
  readonly #world: SoakWorld;

  constructor(asker: Asker, world: SoakWorld) {
    this.#asker = asker;
    this.#world = world;
  }

  async read(): Promise<void> {
    const kinds = [
      () => this.#check(20),
      () => this.#check(1),
      () => this.#page(),
      () => this.#list(),
      () => this.#explain(),
    ];
    await kinds[this.#asker.takeNumber() % kinds.length]?.();
  }

  #questions(count: number): readonly Judged[] {
    const { questions } = this.#world;
    return Array.from({ length: count }, () => questions[this.#asker.takeNumber() % questions.length]).filter(
      (one) => one !== undefined,
    );
  }

  async #check(count: number): Promise<void> {
    const asked = this.#questions(count);
    const checks = asked.map(
      (one) => `{ subject: "${one.subject}", permission: "${one.permission}", object: "${one.object}" }`,
    );
    const query = `{ checkPermissions(input: { checks: [${checks.join()}] }) { decisions { allowed error { code } } } }`;
    const data = await this.#asker.ask('checks', 'service:ops', query);
    const decisions = (data?.checkPermissions as { decisions: readonly Decision[] } | undefined)?.decisions ?? [];
    for (const [index, { allowed, error }] of decisions.entries()) {
      const one = asked[index];
      if (one !== undefined && error === null && allowed !== (one.level === 2))
        this.#mistake(one, `check said ${allowed}`);
    }
  }

  /** A page of somebody who looks at what may be done with each thing on it. */
  async #page(): Promise<void> {
    const asked = this.#questions(600)
      .filter(({ subject }) => subject === 'user:u1')
      .slice(0, 20);
    const checks = asked.map(({ permission, object }) => `{ permission: "${permission}", object: "${object}" }`);
    const data = await this.#asker.ask(
      'pages',
      'user:u1',
      `{ viewer { decisions(checks: [${checks.join()}]) { allowed error { code } } } }`,
    );
    const decisions = (data?.viewer as { decisions: readonly Decision[] } | undefined)?.decisions ?? [];
    for (const [index, { allowed, error }] of decisions.entries()) {
      const one = asked[index];
      if (one !== undefined && error === null && allowed !== (one.level === 2))
        this.#mistake(one, `page said ${allowed}`);
    }
  }

  async #list(): Promise<void> {
    const [one] = this.#questions(1);
    if (one === undefined) return;
    const input = `subject: "${one.subject}", permission: "${one.permission}", type: "${one.object.split(':')[0]}", first: 100`;
    const data = await this.#asker.ask(
      'lists',
      'service:ops',
      `{ accessibleObjects(${input}) { isCutShort edges { node } undecided { object } } }`,
    );
    const found = data?.accessibleObjects as AccessibleObjects | undefined;
    if (found === undefined || found.isCutShort || found.undecided.length > 0) return;
    const isListed = found.edges.some(({ node }) => node === one.object);
    if (isListed !== (one.level === 2) && (isListed || found.edges.length < 100))
      this.#mistake(one, `list has it: ${isListed}`);
  }

  async #explain(): Promise<void> {
    const [one] = this.#questions(1);
    if (one === undefined) return;
    const input = `subject: "${one.subject}", permission: "${one.permission}", object: "${one.object}"`;
    const data = await this.#asker.ask(
      'explanations',
      'service:ops',
      `{ explainPermission(${input}) { decision { allowed error { code } } } }`,
    );
    const decision = (data?.explainPermission as { decision: Decision } | undefined)?.decision;
    if (decision?.error === null && decision.allowed !== (one.level === 2))
      this.#mistake(one, `explanation said ${decision.allowed}`);
  }

  #mistake({ subject, permission, object, level }: Judged, what: string): void {
    this.#asker.counts.mistake(`${subject} ${permission} ${object}: ${what}, the reference says ${level === 2}`);
  }
}

interface AccessibleObjects {
  readonly isCutShort: boolean;
  readonly edges: readonly { readonly node: string }[];
  readonly undecided: readonly unknown[];
}

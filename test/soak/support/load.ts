import { setTimeout as sleep } from 'node:timers/promises';
import { overEvents } from '../../support/live-client.ts';
import { Asker } from './asker.ts';
import { ConfirmedWrites, type Written } from './confirmed-writes.ts';
import type { Counts } from './counts.ts';
import { JudgedReads } from './judged-reads.ts';
import type { SoakServer } from './run-server.ts';
import type { SoakWorld } from './soak-world.ts';

export interface LoadParts {
  readonly world: SoakWorld;
  /** Whom to ask now. */
  readonly server: () => SoakServer;
  readonly counts: Counts;
}

/** Clients that ask and write without a pause, each the next thing as soon as the last one is answered. */
export class Load {
  readonly #asker: Asker;
  readonly #world: SoakWorld;
  readonly #reads: JudgedReads;
  readonly #writes: ConfirmedWrites;
  readonly #running: Promise<unknown>[] = [];
  #isOver = false;

  constructor({ world, server, counts }: LoadParts) {
    this.#asker = new Asker(server, counts);
    this.#world = world;
    this.#reads = new JudgedReads(this.#asker, world);
    this.#writes = new ConfirmedWrites(this.#asker, () => this.#isOver);
  }

  get written(): Written {
    return this.#writes.written;
  }

  start({ readers = 4, writers = 2, followers = 2, publishers = 1 } = {}): void {
    const begin = (count: number, run: (n: number) => Promise<void>) =>
      this.#running.push(...Array.from({ length: count }, (_, n) => this.#repeat(() => run(n))));
    begin(readers, () => this.#reads.read());
    begin(writers, (n) => this.#writes.write(n));
    begin(followers, () => this.#follow());
    begin(publishers, () => this.#publish());
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  async #repeat(run: () => Promise<void>): Promise<void> {
    while (!this.#isOver) await run();
  }

  async #publish(): Promise<void> {
    const dsl = JSON.stringify(`${this.#world.dsl}\n# ${this.#asker.takeNumber()}\n`);
    await this.#asker.ask(
      'models',
      'service:ops',
      `mutation { publishAuthorizationModel(input: { dsl: ${dsl}, activate: true }) { userErrors { code } } }`,
    );
    for (let waited = 0; waited < betweenModelsMs && !this.#isOver; waited += 200) await sleep(200);
  }

  /** A subscriber that comes back after a while, and whenever it is sent away. */
  async #follow(): Promise<void> {
    const { url, tokens } = this.#asker.server;
    const query = 'subscription { relationshipChanges { changes { relationship { subject } } } }';
    const stream = overEvents(url, query, { token: tokens['service:ops'] });
    const until = performance.now() + followMs;
    const timer = setInterval(() => (performance.now() > until || this.#isOver ? stream.kill() : undefined), 200);
    const start = performance.now();
    for (let next = await stream.next(); ; next = await stream.next()) {
      if (next.kind !== 'next' || next.errors.length > 0) break;
      this.#asker.counts.answer('events', 0);
    }
    clearInterval(timer);
    stream.kill();
    if (performance.now() - start < 1000) await sleep(500);
  }
}

const betweenModelsMs = 10_000;
const followMs = 15_000;

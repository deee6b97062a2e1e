import { invariant } from '../../base/invariant.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Excerpt } from '../excerpt.ts';
import type { Meter } from '../meter.ts';
import type { EdgeAnswer, EdgeQuery, NodeId, Portion, ReverseEdge, Snapshot } from '../ports.ts';
import { NotPlain } from './plain-run.ts';

/**
 * What was read at once, to be looked at by goals: nothing more is read. Only questions that were answered from it are for it, about
 * the very same objects; of those it has all that an answer may rest on.
 */
export class ExcerptSnapshot implements Snapshot {
  readonly #excerpt: Excerpt;
  readonly #nodes: ReadonlyMap<ObjectRef, NodeId | undefined>;

  constructor(excerpt: Excerpt, nodes: ReadonlyMap<ObjectRef, NodeId | undefined>) {
    this.#excerpt = excerpt;
    this.#nodes = nodes;
  }

  get now(): Date {
    return this.#excerpt.now;
  }

  get identity(): string {
    return this.#excerpt.identity;
  }

  get revision(): number {
    return this.#excerpt.revision;
  }

  get mark() {
    return this.#excerpt.mark;
  }

  get ageMs(): number {
    return this.#excerpt.ageMs;
  }

  get prepared() {
    return this.#excerpt.prepared;
  }

  get meter(): Meter {
    return this.#excerpt.meter;
  }

  async resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    return objects.map((object) => {
      invariant(this.#nodes.has(object), 'an excerpt is asked about what it was read for');
      return this.#nodes.get(object);
    });
  }

  async readEdges({ direct, sets, objects }: EdgeQuery): Promise<EdgeAnswer> {
    return {
      direct: direct.flatMap((probe) =>
        this.#excerpt.leading(probe.object, probe.relation).filter(({ subject }) => {
          if (subject.kind === 'wildcard') return subject.type === probe.subjectType;
          return subject.kind === 'object' && subject.node === probe.subject;
        }),
      ),
      sets: sets.flatMap(({ object, relation }) =>
        this.#excerpt.leading(object, relation).filter(({ subject }) => subject.kind === 'set'),
      ),
      objects: objects.flatMap(({ object, relation }) => this.#excerpt.parents(object, relation)),
    };
  }

  async readExcerpt(): Promise<undefined> {
    return undefined;
  }

  /** What leads so far that it is followed backwards was never answered at once. */
  async readEdgesTo(): Promise<Portion<ReverseEdge>> {
    throw new NotPlain();
  }
}

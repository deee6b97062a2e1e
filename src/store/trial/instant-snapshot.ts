import { zip } from '../../base/zip.ts';
import type { Edge, EdgeAnswer, EdgeQuery } from '../../engine/ports.ts';
import { isLiveAt } from '../../model/relationship.ts';
import type { DecidingSnapshot } from '../deciding-snapshot.ts';
import { ChangedSnapshot } from './changed-snapshot.ts';
import type { Timeline } from './timeline.ts';
import type { TrialChanges } from './trial-changes.ts';
import type { TrialNodes } from './trial-nodes.ts';

/** An instant, and where is noted when what is read begins and ends. */
export interface Instant {
  readonly at: Date;
  readonly timeline: Timeline;
}

/**
 * A state as it will be at an instant if nobody writes anything until then: what has ended by then does not count any more, and what has
 * begun does. Conditions are told that it is that time. It is for checks; what it finds backwards may be more than there is at the instant.
 */
export class InstantSnapshot extends ChangedSnapshot {
  readonly #instant: Instant;

  /** The state is one in which everything that is to begin has begun, and so are the changes. */
  constructor(begun: DecidingSnapshot, nodes: TrialNodes, changes: TrialChanges, instant: Instant) {
    super(begun, nodes, changes);
    this.#instant = instant;
  }

  override get now(): Date {
    return this.#instant.at;
  }

  override async readEdges(query: EdgeQuery): Promise<EdgeAnswer> {
    const { direct, sets, objects } = await super.readEdges(query);
    const each = [...new Set([...direct, ...sets, ...objects])];
    const live = new Set(await this.#liveOf(each));
    const only = (edges: readonly Edge[]) => edges.filter((edge) => live.has(edge));
    return { direct: only(direct), sets: only(sets), objects: only(objects) };
  }

  async #liveOf(edges: readonly Edge[]): Promise<readonly Edge[]> {
    if (edges.length === 0) return [];
    const { at, timeline } = this.#instant;
    return zip(edges, await this.readOrigins(edges)).flatMap(([edge, origin]) => {
      timeline.note(origin);
      // What nobody knows the times of counts: it was there when it was read.
      return origin === undefined || isLiveAt(origin, at) ? [edge] : [];
    });
  }
}

import { zip } from '../../base/zip.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { DecidingSnapshot } from '../deciding-snapshot.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import { InstantSnapshot } from './instant-snapshot.ts';
import { Timeline } from './timeline.ts';
import { type TrialChange, TrialChanges } from './trial-changes.ts';
import { edgesOf } from './trial-edges.ts';
import { TrialNodes } from './trial-nodes.ts';

/** What became of one relationship in a write. */
export interface WrittenChange {
  readonly relationship: Relationship;
  /** As it was before; undefined where it was not there. */
  readonly before: StoredRelationship | undefined;
  /** As it is now; undefined where it is there no longer. */
  readonly after: StoredRelationship | undefined;
}

/** A state without a write, and with it; nodes are the same in both. */
export interface StatesAround {
  readonly before: DecidingSnapshot;
  readonly after: DecidingSnapshot;
}

/**
 * The two states around a write that was done, of which there is only the later one: the earlier is that one with the changes taken back.
 * First as they are now, and then at every instant at which something begins or ends that was read in them before, or that was changed.
 * Between these nothing that was decided in them becomes another.
 */
export async function* statesAround(
  after: DecidingSnapshot,
  changes: readonly WrittenChange[],
): AsyncGenerator<StatesAround, void, void> {
  const nodes = new TrialNodes(after);
  const relationships = changes.map(({ relationship }) => relationship);
  const takenBack = zip(changes, await edgesOf(nodes, relationships)).map(([{ relationship, before }, edge]) => {
    return { relationship, edge: { ...edge, condition: before?.condition }, stored: before };
  });
  const timeline = new Timeline(after.now);
  for (const { before } of changes) timeline.note(before);
  for (const { after: stored } of changes) timeline.note(stored);
  for (let at: Date | undefined = after.now; at !== undefined; at = timeline.nextAfter(at)) {
    const stateWith = (changed: readonly TrialChange[]) =>
      new InstantSnapshot(after.asIfBegun(), nodes, new TrialChanges(changed, after.now, true), { at, timeline });
    yield { before: stateWith(takenBack), after: stateWith([]) };
  }
}

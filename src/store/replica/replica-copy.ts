import type { EdgeNames } from './edge-names.ts';
import { EdgeView, type Generation } from './edge-view.ts';
import { type HistoryPoint, proveHistory } from './history-point.ts';
import type { NameTable } from './name-table.ts';
import type { EdgeChange, NumberedModel, Probe, StateHead } from './replica-feed.ts';
import { HistoryDiverged } from './replica-problems.ts';
import type { StateAtHand } from './state-at-hand.ts';

/** What a replica has of the store. */
export interface Copy {
  /** Numbers of its history. */
  readonly numbers: NameTable;
  /** The model that decided when it was asked last, with the names of edges. */
  named: { readonly model: NumberedModel; readonly names: EdgeNames } | undefined;
  /** The last state that was proven. */
  atHand: StateAtHand | undefined;
  generation: Generation;
  position: HistoryPoint;
  activeModel: number | undefined;
  /** What was changed since a merge began; undefined when none is under way. */
  sinceMerge: EdgeChange[] | undefined;
}

/** The state that a probe has proven, as far as it needs no model. */
export interface Proven {
  readonly view: EdgeView;
  readonly position: HistoryPoint;
  readonly activeModel: number | undefined;
}

/**
 * Takes what a probe brought; the state that it proves, or undefined when there is more to bring before. Throws when what it says
 * does not go on from what was there.
 */
export function receive(copy: Copy, probe: Probe): Proven | undefined {
  proveHistory(copy.position, probe);
  if (probe.revision < copy.position.revision || probe.event < copy.position.event)
    throw new HistoryDiverged('The database has gone back behind the replica.');
  if (probe.untold !== undefined)
    throw new HistoryDiverged(`The database does not say any more what revision ${probe.untold} changed.`);
  for (const change of probe.changes) {
    copy.generation.overlay.apply(change);
    copy.sinceMerge?.push(change);
    if (change.kind === 'model') copy.activeModel = change.model;
  }
  if (probe.toldTo < probe.revision) {
    copy.position = { ...copy.position, revision: probe.toldTo };
    return undefined;
  }
  copy.position = positionOf(probe);
  if (copy.activeModel !== probe.activeModel)
    throw new HistoryDiverged('A model decides that no change has activated.');
  const view = new EdgeView(copy.generation, probe.revision, probe.nowMicros);
  return { view, position: copy.position, activeModel: probe.activeModel };
}

export function positionOf({ identity, revision, event, hash }: StateHead): HistoryPoint {
  return { identity, revision, event, hash };
}

import { invariant } from '../base/invariant.ts';
import { Pieces } from '../base/pieces.ts';
import { zip } from '../base/zip.ts';
import type { Consistency } from '../model/consistency.ts';
import type { Position } from '../model/consistency-token.ts';
import type { Decision } from '../model/decision.ts';
import {
  answerViewer,
  type TellEnforced,
  type ViewerAnswer,
  type ViewerCheck,
} from '../operations/access/check-viewer.ts';
import type { Viewer } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { OpenLists } from './open-lists.ts';

/** Decisions about the viewer of one request; made per request, so that nothing outlives its snapshot or its viewer. */
export interface DecisionLoader {
  load(check: ViewerCheck): Promise<Decision>;
  /** The same for many at once, in their order: one promise, however many they are. With `isEnforced`, somebody lets others do it or not by them. */
  loadAll(checks: readonly ViewerCheck[], isEnforced?: boolean): Promise<readonly Decision[]>;
  /** The same of what is enforced, with the state that says so: the oldest of them, where they were asked one after the other. */
  loadWithState(checks: readonly ViewerCheck[]): Promise<ViewerAnswer>;
  /** The items of a long list in pieces. What is asked about any of them is still one batch: it waits for the last piece. */
  handOut<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[];
  /** After a write, what was decided before it counts no more, and no state from before it answers. */
  forget(): void;
}

/** One batch, and so one snapshot that is as fresh as wanted, for all checks that the fields of a request ask in the same turn. */
export function createDecisionLoader(postern: Postern, viewer: Viewer, consistency: Consistency): DecisionLoader {
  const { atLeastAsFresh } = consistency;
  const afterWrite: Consistency = { mode: 'fullyConsistent', atLeastAsFresh };
  return new BatchedDecisions((checks, isAfterWrite, onDecided) =>
    answerViewer(postern, viewer, checks, { consistency: isAfterWrite ? afterWrite : consistency, onDecided }),
  );
}

/** A check that somebody waits for, or that was decided. */
interface Asked {
  readonly check: ViewerCheck;
  readonly batch: Batch;
  /** Among those of its batch. */
  readonly place: number;
  decision: Decision | undefined;
}

/** What is asked together. */
interface Batch {
  readonly asked: Asked[];
  readonly waiting: (() => void)[];
  readonly done: Promise<void>;
  /** Where somebody counts what is enforced. */
  tellEnforced: TellEnforced | undefined;
  state: Position | undefined;
}

type Decide = (
  checks: readonly ViewerCheck[],
  isAfterWrite: boolean,
  onDecided: (tell: TellEnforced) => void,
) => Promise<ViewerAnswer>;

class BatchedDecisions implements DecisionLoader {
  readonly #decide: Decide;
  readonly #lists = new OpenLists();
  #isAfterWrite = false;
  /** By type, permission and id: the parts of a key are never joined. */
  #known = new Map<string, Map<string, Map<string, Asked>>>();
  /** What is not on its way yet. */
  #next: Batch | undefined;

  constructor(decide: Decide) {
    this.#decide = decide;
  }

  async load(check: ViewerCheck): Promise<Decision> {
    const [decision] = await this.loadAll([check]);
    invariant(decision !== undefined, 'a check that was asked is decided');
    return decision;
  }

  async loadAll(checks: readonly ViewerCheck[], isEnforced = false): Promise<readonly Decision[]> {
    return decisionsOf(await this.#load(checks, isEnforced));
  }

  async loadWithState(checks: readonly ViewerCheck[]): Promise<ViewerAnswer> {
    const asked = await this.#load(checks, true);
    const states = [...new Set(asked.map(({ batch }) => batch.state))];
    return { decisions: decisionsOf(asked), state: oldestOf(states) };
  }

  async #load(checks: readonly ViewerCheck[], isEnforced: boolean): Promise<readonly Asked[]> {
    this.#next ??= this.#open();
    const batch = this.#next;
    const asked = checks.map((check) => this.#find(check, batch));
    const inPieces = new Promise<void>((resolve) => batch.waiting.push(resolve));
    await batch.done;
    // Of those that were asked before, some may still be on their way.
    for (const { batch: other } of asked) if (other !== batch) await other.done;
    await inPieces;
    if (isEnforced) tellEnforced(asked);
    return asked;
  }

  handOut<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[] {
    return this.#lists.open(items);
  }

  forget(): void {
    this.#known = new Map();
    this.#isAfterWrite = true;
  }

  #find(check: ViewerCheck, batch: Batch): Asked {
    const { permission, object } = check;
    const ofType = at(this.#known, object.type, newMap<Map<string, Asked>>);
    const ofPermission = at(ofType, permission, newMap<Asked>);
    return at(ofPermission, object.id, () => {
      const asked: Asked = { check, batch, place: batch.asked.length, decision: undefined };
      batch.asked.push(asked);
      return asked;
    });
  }

  #open(): Batch {
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    const batch: Batch = { asked: [], waiting: [], done, tellEnforced: undefined, state: undefined };
    this.#lists.afterAll(() => {
      this.#next = undefined;
      this.#answer(batch).then(resolve, reject);
    });
    return batch;
  }

  async #answer(batch: Batch): Promise<void> {
    const { asked, waiting } = batch;
    const onDecided = (tell: TellEnforced) => {
      batch.tellEnforced = tell;
    };
    const { decisions, state } =
      asked.length === 0 ? nothingAsked : await this.#decide(checksOf(asked), this.#isAfterWrite, onDecided);
    batch.state = state;
    for (const [one, decision] of zip(asked, decisions)) one.decision = decision;
    // Whoever waits for some of them makes fields of them: of very many, others have their turn in between.
    for (const next of new Pieces().of(waiting)) void Promise.resolve(next).then((resolve) => resolve());
  }
}

/** Of those that were shown before as well. */
function tellEnforced(asked: readonly Asked[]): void {
  for (const [batch, some] of Map.groupBy(asked, (one) => one.batch))
    batch.tellEnforced?.(some.map(({ place }) => place));
}

const nothingAsked: ViewerAnswer = { decisions: [], state: undefined };

function decisionsOf(asked: readonly Asked[]): readonly Decision[] {
  return asked.map(({ decision }) => {
    invariant(decision !== undefined, 'a check that was asked is decided');
    return decision;
  });
}

/** Undefined where one of them is not known. */
function oldestOf(states: readonly (Position | undefined)[]): Position | undefined {
  const [first, ...others] = states;
  let oldest = first;
  for (const state of others) {
    if (state === undefined || oldest === undefined) return undefined;
    if (state.revision < oldest.revision) oldest = state;
  }
  return oldest;
}

function checksOf(asked: readonly Asked[]): readonly ViewerCheck[] {
  return asked.map(({ check }) => check);
}

function newMap<Value>(): Map<string, Value> {
  return new Map();
}

function at<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

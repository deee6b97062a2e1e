import type { Edge, NodeId } from '../engine/ports.ts';

/** How often something was used since it was told the last time. */
export interface GrantUse {
  readonly edge: Pick<Edge, 'object' | 'relation' | 'subject'>;
  readonly uses: number;
}

export interface SubjectUse {
  readonly subject: NodeId;
  readonly uses: number;
}

/** What a server says of what it has counted. */
export interface UseWord {
  /** Everything that was decided longer ago is counted. */
  readonly agoMs: number;
  /** Whether something was not counted since it said so the last time. */
  readonly hasLost: boolean;
  readonly isLast: boolean;
}

/** Whether, and since when, everything is counted that servers allow. */
export interface UseCoverage {
  readonly now: Date;
  /** Undefined where nothing was ever counted. */
  readonly since: Date | undefined;
  /** Everything before is counted. */
  readonly until: Date;
  /** What it begins with: with the counting itself, or with the last time that something was not counted, and why. */
  readonly beginsWith: 'counting' | 'uncounting' | 'loss' | 'silence';
}

/** On which days grants were used, counted by servers apart from what they answer. */
export interface UseLog {
  /** Says that a server is there; its number. Undefined where it does not count, and none does that would miss it. */
  join(isCounting: boolean): Promise<number | undefined>;
  /** Adds to today's numbers, all of it or nothing; what was added may be more than is known where it throws. */
  add(grants: readonly GrantUse[], subjects: readonly SubjectUse[]): Promise<void>;
  tell(server: number, word: UseWord): Promise<void>;
  readCoverage(): Promise<UseCoverage>;
  /** Which of these were used on one of the last days, today among them; in their order. */
  readUsedGrants(edges: readonly GrantUse['edge'][], days: number): Promise<readonly boolean[]>;
  readUsedSubjects(subjects: readonly NodeId[], days: number): Promise<readonly boolean[]>;
  /** Removes some numbers that are older, and servers that went longer ago; how many, 0 when there are none. */
  removeOld(days: number): Promise<number>;
}

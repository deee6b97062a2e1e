import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import type { AccessChange } from './access-change.ts';

/** What is looked for, the heaviest first: the order of the ranks. */
export const findingKinds = [
  'toxicPair',
  'escalation',
  'outsider',
  'dormantSubject',
  'unusedGrant',
  'redundantGrant',
  'peerOutlier',
  'roleSet',
  'withoutEnd',
  'blastRadius',
] as const;

export type FindingKind = (typeof findingKinds)[number];

/**
 * Those that are looked for only where somebody says so: a blast radius is a measure, and a role set another way to write the same, and
 * neither is anything that is wrong; and what is not used is known only where it is measured.
 */
const onlyAsked: readonly FindingKind[] = ['dormantSubject', 'unusedGrant', 'roleSet', 'blastRadius'];

export const usualKinds: readonly FindingKind[] = findingKinds.filter((kind) => !onlyAsked.includes(kind));

/** Something about access that somebody should look at; a fact or a count, never a verdict. */
export interface AccessFinding {
  /** The same for the same thing, whenever and by whomever it is found. */
  readonly id: string;
  readonly kind: FindingKind;
  /** The greater, the sooner to be looked at: see `rankOf`. */
  readonly rank: number;
  readonly subject: SubjectRef | undefined;
  readonly object: ObjectRef | undefined;
  /** What is stored and says so. */
  readonly relationships: readonly StoredRelationship[];
  /** What was counted, and of how many, where something was. */
  readonly count: number | undefined;
  readonly of: number | undefined;
  /** One sentence. */
  readonly text: string;
  /** What would end it; nothing to write or delete where nobody knows. */
  readonly change: AccessChange;
}

/** What one search found, and what it did not look at. */
export interface FoundFindings {
  readonly findings: readonly AccessFinding[];
  /** One sentence for each thing that was not examined. */
  readonly notExamined: readonly string[];
}

/** A finding as its search knows it. */
export interface FindingParts
  extends Pick<AccessFinding, 'kind' | 'text'>,
    Partial<Pick<AccessFinding, 'subject' | 'object'>> {
  /** What makes it this one, and no other of its kind. */
  readonly key: readonly unknown[];
  /** How much is at stake, in what the kind counts. */
  readonly weight: number;
  readonly relationships?: readonly StoredRelationship[];
  readonly count?: number;
  readonly of?: number;
  readonly change?: AccessChange;
}

export function makeFinding({ key, weight, ...parts }: FindingParts): AccessFinding {
  const { kind, subject, object, relationships = [], count, of, text, change = noChange } = parts;
  const id = createHash('sha256')
    .update(canonicalJson([kind, ...key]))
    .digest('base64url')
    .slice(0, idCharacters);
  return { id, kind, rank: rankOf(kind, weight), subject, object, relationships, count, of, text, change };
}

/** 132 bits: nobody finds two things with the same. */
const idCharacters = 22;
const mostWeight = 9_999;

/** Ten thousand for each kind that is lighter, and within a kind what is at stake, up to 9,999. */
export function rankOf(kind: FindingKind, weight: number): number {
  const lighter = findingKinds.length - 1 - findingKinds.indexOf(kind);
  return lighter * (mostWeight + 1) + Math.min(Math.max(Math.floor(weight), 0), mostWeight);
}

/** The heaviest first; of the same rank, by their ids. */
export function compareFindings(
  left: Pick<AccessFinding, 'rank' | 'id'>,
  right: Pick<AccessFinding, 'rank' | 'id'>,
): number {
  return right.rank - left.rank || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

const noChange: AccessChange = { writes: [], deletes: [] };

/** The change that takes these away. */
export function deletionOf(relationships: readonly Relationship[]): AccessChange {
  return { writes: [], deletes: relationships };
}

/** What makes a relationship this one. */
export const keyOf = formatRelationship;

import type { AccessFindingKind } from '../ask/__generated__/operations.ts';

/** What a kind of finding is, in plain words; of one that a newer server knows, its name is said. */
interface KindWords {
  readonly title: string;
  readonly means: string;
}

const kinds: Readonly<Record<AccessFindingKind, KindWords>> = {
  TOXIC_PAIR: {
    title: 'Two permissions that nobody should have together',
    means: 'One subject has both permissions of a pair that is not to be in one hand.',
  },
  ESCALATION: {
    title: 'Can give themselves more',
    means: 'A subject could give roles to itself, step by step, until it can do what it cannot now.',
  },
  OUTSIDER: {
    title: 'Somebody from outside',
    means: 'A role of somebody who is not a member, or of a set with such a one.',
  },
  DORMANT_SUBJECT: {
    title: 'Nobody has seen them at work',
    means: 'Somebody with grants of their own who was allowed nothing for so many days, where use is measured.',
  },
  UNUSED_GRANT: {
    title: 'Not used',
    means: 'A grant that nothing has rested on for so many days, where use is measured.',
  },
  REDUNDANT_GRANT: {
    title: 'Given twice',
    means:
      'Without this grant everybody could do exactly what they can now: there is another way, as long as it is there.',
  },
  PEER_OUTLIER: {
    title: 'Nearly nobody of the group has it',
    means: 'At most one in five of a group have this grant of their own.',
  },
  ROLE_SET: {
    title: 'Could be one group',
    means:
      'Several subjects have the same grants of their own. Where a group has just them as members, it could have the grants, and nobody would gain or lose anything.',
  },
  WITHOUT_END: { title: 'Without an end', means: 'A grant that does not expire.' },
  BLAST_RADIUS: {
    title: 'How much hangs on it',
    means: 'How many permissions on single objects would be lost without it. A measure, and nothing to mend.',
  },
};

/** Those that can be asked for, as they are listed. */
export const knownKinds: readonly string[] = Object.keys(kinds);

export function kindWords(kind: string): KindWords {
  const known = new Map<string, KindWords>(Object.entries(kinds)).get(kind);
  if (known !== undefined) return known;
  const name = kind.toLowerCase().replaceAll('_', ' ');
  return { title: name.charAt(0).toUpperCase() + name.slice(1), means: '' };
}

export const findingWords = {
  title: 'Findings',
  start:
    'What somebody should look at of the access to an object and to what belongs to it: facts and counts, and the change that ends each.',
  object: 'Object',
  open: 'Look at it',
  notReviewer:
    'What there is to look at is for those with can_review_access on it (or can_manage_access, where its type has no such permission), and for staff who may read all relationships.',
  filter: 'Look for',
  kind: 'Kind',
  usual: 'the usual ones',
  type: 'About',
  anyType: 'objects of any type',
  contained: 'What belongs to it, too',
  insiders: 'Inside is who is',
  insidersHint: 'member',
  steps: 'Steps of an escalation',
  days: 'Days without use',
  show: 'Show',
  asking: 'Looking …',
  caption: 'What was found, the heaviest first',
  finding: 'Finding',
  evidence: 'What says so',
  rank: 'Rank',
  ends: 'What ends it',
  see: 'Try it',
  nobodyKnows: 'for somebody to decide',
  notComplete: 'Not everything was examined, so there may be more than is said here:',
  gone: 'This finding is not among those that are shown: it may be gone, or further down.',
  close: 'Close',
  endIt: 'What ends it',
  propose: 'Propose it',
  proposeNote: 'A proposal changes nothing: somebody else who may make the change approves it, or does not.',
  yourself: 'You may make this change yourself:',
};

export function endWords(text: string): string {
  return `${findingWords.see}: ${text}`;
}

export function foundCount(count: number, hasMore: boolean): string {
  if (hasMore) return `${count} shown, there are more`;
  return count === 1 ? 'One finding' : `${count} findings`;
}

/** A search that found nothing says what it has looked at. */
export function nothingWords(object: string, isContained: boolean, kind: string | undefined): string {
  const where = isContained ? `${object} and what belongs to it` : `${object} by itself`;
  const what = kind === undefined || kind === '' ? 'every usual kind' : `“${kindWords(kind).title}”`;
  return `Nothing found. Examined was ${where}, for ${what}.`;
}

export function nothingYetWords(object: string): string {
  return `Nothing was found on ${object}, but not everything was examined: this is no “all is well”.`;
}

export function ofTypeWords(shown: number, read: number, type: string): string {
  return `${shown} of the ${read} read are about a ${type}`;
}

export function countWords(count: number, of: number | null): string {
  return of === null ? String(count) : `${count} of ${of}`;
}

/** A line of evidence of a proposal that ends a finding. */
export function evidenceWords(kind: string, id: string, text: string): readonly string[] {
  return [text, `Finding ${id} (${kindWords(kind).title})`];
}

export function takeYourselfWords(relation: string, subject: string, object: string): string {
  return `Take away ${relation} of ${subject} on ${object}`;
}

export function mayNotProposeWords(object: string): string {
  return `To propose it, one has to see who has access to ${object} by a right there (can_review_access, or can_manage_access where its type has no such permission), or be able to make the change.`;
}

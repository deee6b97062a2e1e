import type { ReviewWay } from '../ask/review-groups.ts';

export const objectWords = {
  people: 'People',
  permissions: 'Permissions',
  history: 'History',
  structure: 'Structure',
  tabs: 'About this object',
  mine: 'What you may do with it',
  none: 'Nothing, or there is no such object.',
  notReviewer:
    'Who has which role here is for those with can_review_access on it (or can_manage_access, where its type has no such permission), and for staff who may read all relationships.',
  notAuditor: 'The history is for those with can_read_audit_log on it or on the platform.',
  contained: 'Include what belongs to it',
  caption: 'Who has which role, and how',
  who: 'Who',
  role: 'Role',
  on: 'On',
  way: 'Way',
  since: 'Since',
  by: 'Given by',
  until: 'Until',
  effect: 'Effect',
  direct: 'directly',
  through: 'through',
  noEnd: 'no end',
  atConsole: 'console',
  effective: 'counts',
  nobody: 'Nobody has a role here.',
  notComplete: 'This is not everything: too much belongs to it, or it could not be decided what does.',
  from: 'from',
  actions: 'What to do about it',
  why: 'Why',
  more: 'Everything they have',
  extend: 'Change the end',
  transfer: 'Hand over',
  revoke: 'Take away',
  grant: 'Give a role',
  review: 'Review it',
  findings: 'Findings',
  roles: 'Roles, and what they give',
  rolesNotMine: 'Which roles there are is for those who review it or may give one of them.',
  rolesAsking: 'Asking what you may do …',
  giveIt: 'Give it',
  mustKeep: 'somebody must keep it',
  noSelfGrant: 'not to oneself',
  gone: 'There is no such role here.',
  comesFrom: 'Rights here come from elsewhere, too:',
};

const reasons: Readonly<Record<string, string>> = {
  BLOCKED: 'taken away by the model',
  NOT_BEGUN: 'begins later',
  EXPIRED: 'not now',
  CONDITION: 'its condition does not hold',
  IGNORED: 'ignored by the model',
  COVERED: 'has it by another way, too',
  NO_PERMISSION: 'gives no permission',
};

export function ineffectiveWords(reason: string | null): string {
  return (reason === null ? undefined : new Map(Object.entries(reasons)).get(reason)) ?? 'no effect';
}

export function menuWords(subject: string, role: string): string {
  return `What to do about ${role} of ${subject}`;
}

export function changeThereWords(object: string): string {
  return `Change it on ${object}`;
}

export function waysWords(count: number): string {
  return `${count} ways`;
}

export function withRoleWords(role: string): string {
  return `with ${role}`;
}

export function comesWithWords(role: string): string {
  return `It comes with ${role}, and goes with it.`;
}

/** Counts are of what is shown. */
export function wayWords(way: ReviewWay, count: number): string {
  return `${wayName(way)} (${count})`;
}

function wayName(way: ReviewWay): string {
  switch (way.kind) {
    case 'direct':
      return 'Directly';
    case 'role':
      return `With ${way.of}`;
    case 'set':
      return `Through ${way.of}`;
    case 'object':
      return `From ${way.of}`;
    case 'everybody':
      return 'Everybody';
  }
}
